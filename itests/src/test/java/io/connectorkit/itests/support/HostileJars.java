package io.connectorkit.itests.support;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The corpus of bad files for the deploy folder, in the groups in which they come. */
public final class HostileJars {

  private HostileJars() {}

  /**
   * All of them.
   *
   * @param victim name of a connector that is there
   * @param gate file that holds those up that are deaf
   * @param noLibrary a file that is no native library
   */
  public static List<List<HostileFile>> groups(String victim, Path gate, Path noLibrary) {
    List<HostileFile> components = new ArrayList<>(BadConnectors.components());
    components.add(BadConnectors.impostor(victim));
    return List.of(BrokenArchives.all(), WrongBundles.manifests(), WrongBundles.contents(), BadConnectors.activators(), components,
        BadConnectors.discoveries(gate), BadConnectors.reads(gate, noLibrary));
  }

  /** A pipe; not every system can make one. */
  public static HostileFile pipe() {
    return BrokenArchives.pipe();
  }
}
