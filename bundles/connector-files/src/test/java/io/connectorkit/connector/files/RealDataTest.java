package io.connectorkit.connector.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Public data sets of vega-datasets 3.2, where the machine has them: {@code -Ddata.sets=folder}, or a folder {@code shared/data} above. */
class RealDataTest {

  private FolderProbe probe;

  @BeforeEach
  void open() {
    Path folder = folder();
    assumeTrue(folder != null, "no data sets: neither -Ddata.sets nor shared/data in a folder above");
    probe = new FolderProbe(folder);
  }

  private static Path folder() {
    String property = System.getProperty("data.sets");
    Stream<Path> places = property != null ? Stream.of(Path.of(property))
        : Stream.iterate(Path.of("").toAbsolutePath(), path -> path != null, Path::getParent).map(path -> path.resolve("shared/data"));
    return places.filter(place -> Files.exists(place.resolve("airports.csv"))).findFirst().orElse(null);
  }

  @AfterEach
  void nothingIsLeftOver() {
    if (probe != null) {
      probe.close();
    }
  }

  private Object value(String table, String expression) throws IOException {
    return probe.query(table, "SELECT " + expression + " AS v FROM t").get(0).get("v");
  }

  @Test
  void givesSixTablesWithAllTheirRows() throws IOException {
    var rows = Map.of("seattle_weather", 1_461L, "birdstrikes", 10_000L, "airports", 3_376L, "flights_200k", 200_000L, "penguins", 344L,
        "movies", 3_201L);
    assertEquals(rows.keySet(), java.util.Set.copyOf(probe.views()));
    for (var table : rows.entrySet()) {
      assertEquals(table.getValue(), value(table.getKey(), "count(*)"), table.getKey());
    }
  }

  @Test
  void keepsCodesAndTitlesAsText() throws IOException {
    assertEquals(1L, value("airports", "count(*) FILTER (iata = '00M')"));
    assertEquals(1L, value("movies", "least(1, count(*) FILTER (Title = '300'))"));
    assertEquals(1L, value("movies", "least(1, count(*) FILTER (\"Release Date\" = 'Jun 12 1998'))"));
    assertEquals(true, value("birdstrikes", "count(*) FILTER (\"Effect Amount of damage\" = 'None') > 0 AND max(\"Cost Total $\") > 0"));
  }

  @Test
  void tellsTheTypesOfNumbersAndDates() {
    assertEquals(List.of("delay Int(16, true)", "distance Int(16, true)", "time FloatingPoint(SINGLE)"), probe.columns("flights_200k"));
    assertEquals(List.of("date Date(DAY)", "precipitation FloatingPoint(DOUBLE)"), probe.columns("seattle_weather").subList(0, 2));
    assertEquals("latitude FloatingPoint(DOUBLE)", probe.columns("airports").get(5));
  }
}
