package io.connectorkit.itests.scripted;

import com.google.common.base.Splitter;
import io.connectorkit.api.BatchSource;
import io.connectorkit.api.ConnectorContext;
import io.connectorkit.api.Discovers;
import io.connectorkit.api.ReadRequest;
import io.connectorkit.api.Reads;
import io.connectorkit.api.TableInfo;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.commons.lang3.StringUtils;
import org.yaml.snakeyaml.Yaml;

/** Tells which version of a library it sees, after it has used it. */
public abstract class LibraryConnector implements Discovers, Reads {

  /** With Commons Lang inside. */
  public static final class Lang extends LibraryConnector {

    @Override
    String rows() {
      return row(StringUtils.reverse("enal"), StringUtils.class, "org.apache.commons/commons-lang3");
    }
  }

  /** With Guava inside. */
  public static final class Guava extends LibraryConnector {

    @Override
    String rows() {
      return row(String.join("", Splitter.on(',').split("gua,va")), Splitter.class, "com.google.guava/guava");
    }
  }

  /** With SnakeYAML inside. */
  public static final class Yamls extends LibraryConnector {

    @Override
    String rows() {
      Map<String, String> loaded = new Yaml().load("word: yaml");
      return row(loaded.get("word"), Yaml.class, "org.yaml/snakeyaml");
    }
  }

  abstract String rows();

  static String row(String word, Class<?> library, String coordinates) {
    Properties properties = new Properties();
    try (InputStream in = library.getResourceAsStream("/META-INF/maven/" + coordinates + "/pom.properties")) {
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return "SELECT '" + word + "' AS word, '" + properties.getProperty("version") + "' AS version";
  }

  @Override
  public List<TableInfo> discover(ConnectorContext context) {
    return List.of(TableInfo.table("library").columns(context.describe(BatchSource.query(rows()))).build());
  }

  @Override
  public BatchSource read(ReadRequest request) {
    return BatchSource.query(rows());
  }
}
