package io.connectorkit.runtime.internal.increment;

import io.connectorkit.api.Watermark;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** How tables are read that one walk feeds: all in full if one of them has to be, otherwise from the lowest of their watermarks on. */
public final class JointPlan {

  private JointPlan() {}

  /**
   * The plans of all tables together.
   *
   * @param alone each table's own plan, by table
   */
  public static Map<String, ReadPlan> of(Map<String, ReadPlan> alone) {
    List<String> full = alone.keySet().stream().filter(table -> alone.get(table).lower().isEmpty()).sorted().toList();
    String reason = !full.isEmpty() ? "together with " + full.get(0)
        : lowest(alone.values().stream().map(plan -> plan.lower().get()).toList()).isEmpty() ? "the watermarks of its walk differ in kind" : "";
    Map<String, ReadPlan> plans = new TreeMap<>(alone);
    if (!reason.isEmpty()) {
      plans.replaceAll((table, plan) -> plan.lower().isEmpty() ? plan
          : new ReadPlan(plan.strategy(), Optional.empty(), plan.basis(), "full read: " + reason));
    }
    return plans;
  }

  /** The lowest of watermarks; empty if there is none, or nothing says which one it is. */
  @SuppressWarnings({"unchecked", "rawtypes"})
  public static Optional<Watermark> lowest(Collection<Watermark> watermarks) {
    boolean same = watermarks.stream().distinct().count() == 1;
    boolean comparable = watermarks.stream().map(Watermark::kind).distinct().count() == 1
        && watermarks.iterator().next().kind() != Watermark.Kind.OPAQUE;
    return same || comparable ? watermarks.stream().min(same ? (one, other) -> 0 : Comparator.comparing(each -> (Comparable) each.value()))
        : Optional.empty();
  }
}
