package io.connectorkit.runtime.internal.config;

import io.connectorkit.host.KitException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;

/** Reads YAML that nobody vouches for: plain data only, and not too much of it. */
public final class SafeYaml {

  private static final int MAX_BYTES = 256 * 1024;

  private SafeYaml() {}

  /**
   * The mapping in a document.
   *
   * @param where the file, for messages
   * @throws KitException KIT-2001 if it is no YAML mapping, or breaks a limit
   */
  public static Map<String, Object> read(InputStream stream, String where) {
    LoaderOptions options = new LoaderOptions();
    options.setAllowDuplicateKeys(false);
    options.setAllowRecursiveKeys(false);
    options.setMaxAliasesForCollections(20);
    options.setNestingDepthLimit(20);
    options.setCodePointLimit(MAX_BYTES);
    try {
      byte[] bytes = stream.readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        throw new KitException("KIT-2001", where + ": larger than " + MAX_BYTES / 1024 + " KiB");
      }
      Object document = new Yaml(new SafeConstructor(options)).load(new String(bytes, StandardCharsets.UTF_8));
      if (document == null) {
        return Map.of();
      }
      if (!(document instanceof Map<?, ?> map)) {
        throw new KitException("KIT-2001", where + ": the document must be a mapping of keys to values");
      }
      return withTextKeys(map);
    } catch (MarkedYAMLException e) {
      int line = e.getProblemMark() == null ? 0 : e.getProblemMark().getLine() + 1;
      throw new KitException("KIT-2001", where + ", line " + line + ": " + e.getProblem() + "; correct the YAML", e);
    } catch (YAMLException | StackOverflowError e) {
      throw new KitException("KIT-2001", where + ": " + oneLine(e.getMessage()) + "; correct the YAML", e);
    } catch (IOException e) {
      throw new KitException("KIT-2001", where + ": cannot be read: " + e.getMessage(), e);
    }
  }

  /** A nested mapping by key; empty if absent. */
  public static Map<String, Object> section(Map<String, Object> map, String key, String where) {
    Object value = map.get(key);
    if (value == null) {
      return Map.of();
    }
    if (!(value instanceof Map<?, ?> section)) {
      throw new KitException("KIT-2002", where + ": '" + key + "' must be a mapping");
    }
    return withTextKeys(section);
  }

  private static Map<String, Object> withTextKeys(Map<?, ?> map) {
    Map<String, Object> result = new LinkedHashMap<>();
    map.forEach((key, value) -> {
      if (value != null) {
        result.put(String.valueOf(key), value);
      }
    });
    return result;
  }

  private static String oneLine(String message) {
    return String.valueOf(message).lines().findFirst().orElse("");
  }
}
