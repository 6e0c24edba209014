package io.connectorkit.deployer.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Version;

class ElectionTest {

  private final Election election = new Election();

  private Jar put(String file, String version) {
    Jar jar = Jars.of(file, version);
    election.put(jar);
    return jar;
  }

  private Optional<Jar> winner() {
    return election.elect("acme");
  }

  @Test
  void theHighestVersionCountsInWhicheverOrderTheyCome() {
    Jar newer = put("a.jar", "1.10.0");
    put("b.jar", "1.9.0");
    assertEquals(Optional.of(newer), winner());
    Jar newest = put("c.jar", "2.0.0");
    assertEquals(Optional.of(newest), winner());
    election.remove("c.jar");
    assertEquals(Optional.of(newer), winner());
  }

  @Test
  void amongEqualsTheOneThatCountedBeforeGoesOn() {
    for (String first : List.of("m.jar", "a.jar", "z.jar")) {
      Jar incumbent = put(first, "1.0.0");
      assertEquals(Optional.of(incumbent), winner());
      put("b.jar", "1.0.0");
      put("y.jar", "1.0.0");
      assertEquals(Optional.of(incumbent), winner());
      List.of(first, "b.jar", "y.jar").forEach(election::remove);
    }
  }

  @Test
  void oneThatIsRefusedIsPassedOverUntilItsFileChanges() {
    Jar good = put("good.jar", "1.0.0");
    Jar bad = put("bad.jar", "2.0.0");
    election.refuse(bad);
    assertTrue(election.isRefused(bad));
    assertEquals(Optional.of(good), winner());
    Jar corrected = Jars.of("bad.jar", "2.0.0", "another content");
    assertEquals(Optional.of(bad), election.put(corrected));
    assertEquals(Optional.of(corrected), winner());
    assertFalse(election.isRefused(bad));
  }

  @Test
  void aRefusalThatComesTooLateDoesNotMeetTheFileThatFollowed() {
    Jar bad = put("a.jar", "1.0.0");
    Jar next = put("a.jar", "1.0.1");
    election.refuse(bad);
    assertEquals(Optional.of(next), winner());
    election.remove("a.jar");
    election.refuse(next);
    assertFalse(election.isRefused(next));
  }

  @Test
  void aFileThatIsCopiedAgainIsTriedAgain() {
    Jar bad = put("a.jar", "1.0.0");
    election.refuse(bad);
    assertEquals(Optional.empty(), winner());
    put("a.jar", "1.0.0");
    assertEquals(Optional.of(bad), winner());
  }

  @Test
  void bundlesDoNotMeetEachOther() {
    Jar acme = put("a.jar", "1.0.0");
    Jar other = new Jar("b.jar", "other", Version.parseVersion("9.0.0"), "sha-of-other", Path.of("other.jar"), "");
    election.put(other);
    assertEquals(Set.of("acme", "other"), election.symbolicNames());
    assertEquals(Optional.of(acme), winner());
    assertTrue(election.uses("acme", "sha-of-1.0.0"));
    assertFalse(election.uses("acme", "sha-of-other"));
    // The file now holds the other bundle.
    assertEquals(Optional.of(acme), election.put(other.named("a.jar")));
    assertEquals(Optional.empty(), winner());
    assertEquals(List.of(), election.of("acme"));
  }
}
