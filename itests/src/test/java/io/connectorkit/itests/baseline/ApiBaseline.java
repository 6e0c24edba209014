package io.connectorkit.itests.baseline;

import aQute.bnd.differ.Baseline;
import aQute.bnd.differ.DiffPluginImpl;
import aQute.bnd.header.OSGiHeader;
import aQute.bnd.header.Parameters;
import aQute.bnd.osgi.Constants;
import aQute.bnd.osgi.Instructions;
import aQute.bnd.osgi.Jar;
import aQute.bnd.osgi.Processor;
import aQute.bnd.service.diff.Delta;
import aQute.bnd.service.diff.Diff;
import aQute.bnd.service.diff.Tree;
import aQute.bnd.service.diff.Type;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * The API that was released last, and what a change of it means for the versions of its packages, by bnd's own rules. The plug-in of bnd
 * wants the released artefact in a remote repository; this has its listing in the sources instead, so that a build knows it on a machine
 * that has nothing else, and a reviewer sees each change of the API as lines of text.
 */
final class ApiBaseline {

  private static final String EXPORTS = "# Export-Package: ";
  private static final Set<Delta> NEWS = EnumSet.complementOf(EnumSet.of(Delta.UNCHANGED, Delta.IGNORED));

  private final Tree api;
  private final Parameters exports;

  private ApiBaseline(Tree api, Parameters exports) {
    this.api = api;
    this.exports = exports;
  }

  static ApiBaseline of(Jar jar) throws Exception {
    Parameters exports = OSGiHeader.parseHeader(jar.getManifest().getMainAttributes().getValue(Constants.EXPORT_PACKAGE));
    return new ApiBaseline(new DiffPluginImpl().tree(jar).get("<api>"), exports);
  }

  static ApiBaseline read(String text) throws Exception {
    String header = text.lines().filter(line -> line.startsWith(EXPORTS)).findFirst().orElseThrow();
    return new ApiBaseline(ApiListing.read(text), OSGiHeader.parseHeader(header.substring(EXPORTS.length())));
  }

  String text() {
    exports.values().forEach(attributes -> attributes.keySet().removeIf(key -> !key.equals(Constants.VERSION_ATTRIBUTE)));
    return EXPORTS + exports + "\n" + ApiListing.write(api);
  }

  /** What is wrong with the versions of a later API; empty if nothing is. */
  List<String> complaints(ApiBaseline later) throws Exception {
    List<String> complaints = new ArrayList<>();
    try (Processor reporter = new Processor()) {
      Baseline baseline = new Baseline(reporter, new DiffPluginImpl());
      for (Baseline.Info info : baseline.baseline(bundle(later.api), later.exports, bundle(api), exports, new Instructions())) {
        if (info.mismatch) {
          List<String> changes = new ArrayList<>();
          changes(info.packageDiff, "", changes);
          complaints.add(info.packageName + " " + info.newerVersion + ": " + info.packageDiff.getDelta() + " change since "
              + info.olderVersion + ", so that it must be " + info.suggestedVersion + " in its package-info: " + String.join("; ", changes));
        }
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return complaints;
  }

  /** The comparison begins at a bundle, of which an API is one part. */
  private static Tree bundle(Tree api) throws Exception {
    Tree.Data bundle = new Tree.Data();
    bundle.type = Type.BUNDLE;
    bundle.name = "bundle";
    bundle.add = Delta.CHANGED;
    bundle.rem = Delta.CHANGED;
    bundle.children = new Tree.Data[] {api.serialize()};
    return new DiffPluginImpl().deserialize(bundle);
  }

  private static void changes(Diff diff, String owner, List<String> changes) {
    String name = diff.getType() == Type.PACKAGE ? "" : owner + diff.getName();
    boolean whole = diff.getDelta() == Delta.ADDED || diff.getDelta() == Delta.REMOVED;
    boolean below = diff.getChildren().stream().anyMatch(child -> NEWS.contains(child.getDelta()));
    if (whole || !below) {
      changes.add(diff.getDelta() + " " + name);
    } else {
      diff.getChildren().stream().filter(child -> NEWS.contains(child.getDelta()))
          .forEach(child -> changes(child, name.isEmpty() ? "" : name + " ", changes));
    }
  }
}
