package io.connectorkit.runtime.internal.config;

import io.connectorkit.declaration.Problems;
import io.connectorkit.host.KitException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/**
 * Secrets from the environment: {@code NAME}, or the content of the file that {@code NAME_FILE} names. A file is read anew for each request,
 * so that a new secret counts from the next run on.
 */
@Component(service = Secrets.class)
public final class Secrets {

  /** Code of a secret whose file cannot be used: that may change while the host runs. */
  public static final String FILE_CODE = "KIT-2005";

  private static final int MAX_BYTES = 64 * 1024;
  private static final int REMEMBERED = 4;

  private final Map<String, String> environment;
  private final Map<String, List<String>> given = new ConcurrentHashMap<>();

  @Activate
  public Secrets() {
    this(System.getenv());
  }

  public Secrets(Map<String, String> environment) {
    this.environment = environment;
  }

  /**
   * The value of a secret; empty if it is not set.
   *
   * @throws KitException KIT-2005 if a file is named for it that holds none
   */
  public Optional<String> find(String name) {
    String value = environment.getOrDefault(name, "");
    String file = environment.getOrDefault(name + "_FILE", "");
    if (value.isEmpty() && file.isEmpty()) {
      return Optional.empty();
    }
    try {
      String secret = value.isEmpty() ? read(Path.of(file), name, file) : value;
      given.merge(name, List.of(secret), Secrets::latest);
      return Optional.of(secret);
    } catch (IOException | InvalidPathException e) {
      throw unusable(name, file, "cannot be read as text (" + e.getClass().getSimpleName() + "); check the file and its permissions");
    }
  }

  /** Values that somebody got last, to be kept out of messages: a run may go on with one that its file holds no more. */
  public List<String> given(String name) {
    return given.getOrDefault(name, List.of());
  }

  private static List<String> latest(List<String> before, List<String> now) {
    return Stream.concat(now.stream(), before.stream()).distinct().limit(REMEMBERED).toList();
  }

  private static String read(Path path, String name, String file) throws IOException {
    // Anything else than a file might never come to its end.
    if (Files.exists(path) && !Files.isRegularFile(path)) {
      throw unusable(name, file, "is a folder or a device; name a file");
    }
    try (InputStream stream = Files.newInputStream(path)) {
      byte[] bytes = stream.readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        throw unusable(name, file, "is larger than " + MAX_BYTES / 1024 + " KiB, which no secret is; name another file");
      }
      // Editors and shells end a file with a line break; other white space may belong to the secret.
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString().replaceFirst("[\\r\\n]+$", "");
      if (text.isBlank()) {
        throw unusable(name, file, "is empty; write the secret into it");
      }
      return text;
    }
  }

  private static KitException unusable(String name, String file, String rule) {
    return new KitException(FILE_CODE, "secret " + name + ": the file " + Problems.quoted(file) + " that " + name + "_FILE names " + rule);
  }
}
