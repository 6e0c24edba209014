package io.connectorkit.contract;

import java.util.List;
import java.util.stream.Stream;

/** All checks, in the order in which they are run: what others build on comes first. */
public final class Checks {

  private Checks() {}

  /** The checks; ids are unique. */
  public static List<Check> all() {
    return Stream.of(DeclarationChecks.all(), DiscoveryChecks.all(), RowChecks.all(), RequestChecks.all(), ErrorChecks.all(), ServerChecks.all(),
            RemoteChecks.all(), StreamChecks.all(), EndingChecks.all())
        .flatMap(List::stream).toList();
  }
}
