package io.connectorkit.contract;

/**
 * One thing that is demanded of every connector.
 *
 * @param id stable, such as {@code schema-matches-batches}
 * @param demands what has to hold, in a sentence
 * @param why what goes wrong otherwise
 * @param remedy what to do where it does not hold
 * @param body looks; made by this package only
 */
public record Check(String id, String demands, String why, String remedy, Body body) {

  /** The code of a check. */
  @FunctionalInterface
  public interface Body {
    /** Returns if all is well, throws {@link Violation} or {@link NotApplicable} if not, and anything else where a connector does. */
    void look(Trial trial) throws Exception;
  }
}
