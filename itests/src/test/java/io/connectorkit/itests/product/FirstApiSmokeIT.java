package io.connectorkit.itests.product;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.connectorkit.itests.support.ConnectorJar;
import io.connectorkit.itests.support.Folders;
import io.connectorkit.itests.support.FullOnly;
import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/**
 * What was built against the first API runs on this host (A19). The API that it is compiled against is the jar of then, {@code
 * baseline/kit-api-1.0.0.jar}: its classes without code behind them.
 */
class FirstApiSmokeIT {

  private static final Path API = Path.of("src/test/resources/baseline/kit-api-1.0.0.jar");
  private static final KitProcess KIT = KitProcess.of(FirstApiSmokeIT.class);
  /** Uses what there was: a record's constructor, a switch over an enum, rows, filters, watermarks, splits, settings. */
  private static final String SOURCE = """
      package first;

      import io.connectorkit.api.*;
      import java.util.*;
      import java.util.stream.*;

      public final class FirstConnector implements Discovers, Reads {
        static final TableInfo NUMBERS = TableInfo.table("numbers").describedAs("Numbers").key("n").column("n", Types.int64())
            .column("text", Types.text()).incrementalOn("n").build();
        static final TableInfo MADE = new TableInfo("made", "made", NUMBERS.schema(), EnumSet.of(Capability.READ), List.of("n"), Optional.empty(),
            Optional.empty(), "By its constructor");

        public List<TableInfo> discover(ConnectorContext context) {
          context.cancellation().check();
          return List.of(NUMBERS, MADE);
        }

        public BatchSource read(ReadRequest request) {
          long from = request.watermark().map(Watermark::value).map(Object::toString).map(Long::parseLong).orElse(0L);
          for (Filter filter : request.filters()) {
            filter.toString();
          }
          return switch (request.table().sourceId()) {
            case "numbers", "made" -> BatchSource.rows(request, LongStream.range(from, 100).mapToObj(n -> new Object[] {n, "row " + n}));
            default -> throw ConnectorException.permanent("there is no table " + request.table().sourceId(), null);
          };
        }
      }
      """;

  @AfterAll
  static void endTheProcesses() {
    KIT.close();
  }

  private static ConnectorJar compiled() throws IOException {
    Path folder = Folders.fresh(Folders.target().resolve("first-api"));
    Path source = Folders.write(folder.resolve("first/FirstConnector.java"), SOURCE);
    String arrow = Folders.list(Folders.product().resolve("system")).stream().map(Path::toString).filter(name -> name.contains("lib-arrow")).findFirst()
        .orElseThrow();
    StringWriter said = new StringWriter();
    var files = ToolProvider.getSystemJavaCompiler().getStandardFileManager(null, null, null);
    boolean good = ToolProvider.getSystemJavaCompiler().getTask(said, files, null, List.of("--release", "17", "-proc:none", "-d", folder.toString(), "-cp",
        API + File.pathSeparator + arrow), null, files.getJavaFileObjects(source)).call();
    assertTrue(good, said.toString());
    String imports = "io.connectorkit.api;version=\"[1.0,2)\",org.apache.arrow.vector.types.pojo;version=\"[19,20)\"";
    return ConnectorJar.of("first", "1.0.0").withoutClasses().requires("(&(version>=1.0.0)(!(version>=2.0.0)))")
        .header("Service-Component", "OSGI-INF/connector.xml").header("Import-Package", imports)
        .entry("first/FirstConnector.class", Files.readAllBytes(folder.resolve("first/FirstConnector.class")))
        .yaml("name: first\nversion: \"1.0.0\"\ncapabilities: [discover, read]\n")
        .entry("OSGI-INF/connector.xml", """
            <scr:component xmlns:scr="http://www.osgi.org/xmlns/scr/v1.4.0" name="first" configuration-policy="ignore">
              <property name="connectorkit.name" type="String" value="first"/>
              <service><provide interface="io.connectorkit.api.Connector"/></service>
              <implementation class="first.FirstConnector"/>
            </scr:component>
            """);
  }

  @Test
  void aConnectorOfThenPassesTheContractOfNowAndExtracts() throws Exception {
    Path jar = compiled().writeTo(KIT.home().resolve("data/first.jar"));
    KitProcess.Result tested = KIT.kit("connector", "test", jar.toString());
    assertEquals(0, tested.exit(), tested.out() + tested.err());
    KIT.kit("deploy", jar.toString()).ok();
    KIT.kit("extract", "first").ok();
    assertEquals("200", KIT.value("select (select count(*) from first.numbers) + (select count(*) from first.made)"));
  }

  /** The range it wants, and what is there. */
  @FullOnly
  @Test
  void oneThatNeedsTheNextApiIsRefusedWithBothVersions() throws Exception {
    Path jar = compiled().requires("(&(version>=2.0.0)(!(version>=3.0.0)))").writeTo(KIT.home().resolve("data/next.jar"));
    KitProcess.Result refused = KIT.kit("connector", "verify", jar.toString());
    assertEquals(1, refused.exit());
    assertTrue(refused.err().matches("(?s)KIT-1027 next.jar: it needs a host of API version >= 2.0.0 and < 3.0.0; this host has 1\\.\\d.*"), refused.err());
    // By its imports alone.
    jar = compiled().header("Import-Package", "io.connectorkit.api;version=\"[2,3)\"").writeTo(KIT.home().resolve("data/imports.jar"));
    refused = KIT.kit("connector", "verify", jar.toString());
    assertEquals(1, refused.exit());
    assertTrue(refused.err().matches("(?s)KIT-1027 imports.jar: it needs a host of API version >= 2.0.0 and < 3.0.0; this host has 1\\.\\d.*"), refused.err());
  }
}
