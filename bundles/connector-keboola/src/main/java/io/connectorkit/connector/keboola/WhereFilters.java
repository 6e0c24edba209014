package io.connectorkit.connector.keboola;

import io.connectorkit.api.ConnectorException;
import io.connectorkit.api.Settings;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Filters that Keboola applies while it exports. All of them have to hold; of the values of one, any. */
final class WhereFilters {

  private static final Set<String> OPERATORS = Set.of("eq", "ne", "gt", "ge", "lt", "le");
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{(.*?)}}");
  private static final Map<String, Integer> DAYS_AGO = Map.of("today", 0, "last_week", 7, "last_month", 30, "last_2_months", 60, "last_3_months", 90,
      "last_6_months", 180, "last_year", 365, "last_2_years", 730);
  private static final String MONTHS_AGO = "start_of_3_months_ago";

  private final LocalDate today;

  WhereFilters(Clock clock) {
    this.today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
  }

  /** As fields of a form, one for each value: Keboola takes no notice of nested ones. */
  Map<String, Object> form(List<?> filters) {
    Map<String, Object> form = new LinkedHashMap<>();
    for (int i = 0; i < filters.size(); i++) {
      Settings filter = filter(filters.get(i));
      String column = filter.find("column").orElse("");
      String operator = filter.find("operator").orElse("eq");
      List<String> values = filter.list("values");
      if (!Set.of("column", "operator", "values").containsAll(filter.values().keySet()) || column.isEmpty() || values.isEmpty()
          || !OPERATORS.contains(operator)) {
        throw wrong(filters.get(i));
      }
      form.put("whereFilters[" + i + "][column]", column);
      form.put("whereFilters[" + i + "][operator]", operator);
      for (int j = 0; j < values.size(); j++) {
        form.put("whereFilters[" + i + "][values][" + j + "]", PLACEHOLDER.matcher(values.get(j)).replaceAll(this::date));
      }
    }
    return form;
  }

  private static Settings filter(Object filter) {
    if (filter instanceof Map<?, ?>) {
      return new Settings(Map.of("filter", filter)).section("filter");
    }
    throw wrong(filter);
  }

  private static ConnectorException wrong(Object filter) {
    return ConnectorException.permanent("setting where: " + filter + " is no filter; it must be {column, operator, values}, the operator one of "
        + OPERATORS.stream().sorted().toList() + " and at least one value", null);
  }

  private String date(java.util.regex.MatchResult placeholder) {
    String name = placeholder.group(1).strip();
    if (name.equals(MONTHS_AGO)) {
      return today.minusMonths(3).withDayOfMonth(1).toString();
    }
    Integer days = DAYS_AGO.get(name);
    if (days == null) {
      throw ConnectorException.permanent("setting where: '" + placeholder.group() + "' is unknown; there are "
          + DAYS_AGO.keySet().stream().sorted().toList() + " and " + MONTHS_AGO, null);
    }
    return Matcher.quoteReplacement(today.minusDays(days).toString());
  }
}
