package io.connectorkit.gateway.internal;

/** Writes figures as Prometheus reads them. */
final class MetricText {

  private final StringBuilder text = new StringBuilder();
  private String name;

  /** Begins a figure that may go up and down. */
  void gauge(String metric, String help) {
    name = metric;
    text.append("# HELP ").append(metric).append(' ').append(help).append("\n# TYPE ").append(metric).append(" gauge\n");
  }

  void value(double value) {
    text.append(name).append(' ').append(number(value)).append('\n');
  }

  void value(String label, String of, double value) {
    String escaped = of.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    text.append(name).append('{').append(label).append("=\"").append(escaped).append("\"} ").append(number(value)).append('\n');
  }

  private static String number(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15 ? String.valueOf((long) value) : String.valueOf(value);
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
