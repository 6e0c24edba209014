package io.connectorkit.cli.openapi;

import io.swagger.v3.oas.models.parameters.Parameter;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * How an operation seems to cut its answers, told from the names of its parameters and of what stands beside the records.
 *
 * @param yaml of the section {@code paging}; empty if there is one answer
 * @param used parameters that it sends
 * @param note what is to be looked at; empty if nothing
 */
record PagingProposal(String yaml, Set<String> used, String note) {

  private static final Set<String> TOKEN_PARAMS = Set.of("cursor", "pagetoken", "nexttoken", "next", "nextpagetoken", "nextcursor", "after", "startingafter",
      "continuationtoken", "continuation", "scrollid", "token");
  private static final Set<String> TOKENS = Set.of("next", "nextcursor", "nextpagetoken", "nexttoken", "cursor", "after", "endcursor", "continuationtoken",
      "continuation", "scrollid", "nextpage");
  private static final Set<String> URLS = Set.of("next", "nexturl", "nextlink", "odatanextlink", "nextpageurl", "nexthref", "nextpage");
  private static final Set<String> MORE = Set.of("hasmore", "more", "hasnext", "hasnextpage", "ismore");
  private static final Set<String> OFFSETS = Set.of("offset", "skip", "start", "startat", "startindex", "from");
  private static final Set<String> PAGES = Set.of("page", "pagenumber", "pageno", "pageindex", "currentpage");
  private static final Set<String> SIZES = Set.of("limit", "size", "perpage", "pagesize", "maxresults", "top", "count", "max", "take");
  private static final Set<String> TOTALS = Set.of("total", "totalcount", "totalitems", "totalresults", "totalelements", "totalrecords", "count");
  private static final int USUAL = 100;
  private static final int LARGEST = 1_000;

  static PagingProposal of(List<Parameter> query, Answer answer, boolean link) {
    Optional<Parameter> size = named(query, SIZES);
    Optional<String> url = beside(answer, URLS, shape -> shape.is("string") && shape.format().startsWith("ur"))
        .or(() -> beside(answer, Set.of("nexturl", "nextlink", "odatanextlink", "nextpageurl", "nexthref"), shape -> shape.is("string")));
    Optional<Parameter> token = named(query, TOKEN_PARAMS);
    Optional<String> tokenPath = beside(answer, TOKENS, shape -> shape.types().size() == 1 && (shape.is("string") || shape.is("integer")));
    Optional<Parameter> offset = named(query, OFFSETS);
    Optional<Parameter> page = named(query, PAGES);
    if (url.isPresent()) {
      return new PagingProposal("{type: next_url, path: " + Text.value(url.get()) + "}", Set.of(), "");
    }
    if (token.isPresent() && tokenPath.isPresent()) {
      String more = beside(answer, MORE, shape -> shape.is("boolean")).map(path -> ", more: " + Text.value(path)).orElse("");
      return new PagingProposal("{type: token, path: " + Text.value(tokenPath.get()) + ", param: " + Text.value(token.get().getName()) + more + "}",
          Set.of(token.get().getName()), "");
    }
    if (offset.isPresent() || page.isPresent()) {
      Parameter param = offset.or(() -> page).get();
      String first = offset.isEmpty() && startsAtZero(param) ? ", first: 0" : "";
      return new PagingProposal("{type: " + (offset.isPresent() ? "offset" : "page") + ", param: " + Text.value(param.getName()) + first
          + size.map(each -> ", size_param: " + Text.value(each.getName()) + ", size: " + size(each)).orElse("")
          + beside(answer, TOTALS, shape -> shape.is("integer")).map(path -> ", total: " + Text.value(path)).orElse("") + "}",
          used(param, size), "");
    }
    if (link) {
      return new PagingProposal("{type: link}", Set.of(), "");
    }
    String open = token.isPresent() ? "the parameter '" + Text.line(token.get().getName()) + "' takes a token, and no value of the answer looks like one"
        : size.isPresent() ? "the parameter '" + Text.line(size.get().getName()) + "' limits an answer, and nothing says how to get the rest" : "";
    return new PagingProposal("", Set.of(), open.isEmpty() ? "" : "paging: " + open + "; without 'paging' only the first answer is read");
  }

  private static Set<String> used(Parameter param, Optional<Parameter> size) {
    return size.map(each -> Set.of(param.getName(), each.getName())).orElse(Set.of(param.getName()));
  }

  private static Optional<Parameter> named(List<Parameter> query, Set<String> names) {
    return query.stream().filter(each -> names.contains(Text.bare(each.getName()))).findFirst();
  }

  private static Optional<String> beside(Answer answer, Set<String> names, Predicate<Shape> kind) {
    List<String> found = new ArrayList<>();
    for (Map.Entry<String, Shape> each : answer.beside().entrySet()) {
      if (names.contains(Text.bare(each.getKey().substring(each.getKey().lastIndexOf('.') + 1))) && kind.test(each.getValue())) {
        found.add(each.getKey());
      }
    }
    // What says "next" is more likely meant than what names where one is.
    return found.stream().filter(path -> Text.bare(path).contains("next")).findFirst().or(() -> found.stream().findFirst());
  }

  private static boolean startsAtZero(Parameter param) {
    return param.getSchema() != null && (BigDecimal.ZERO.equals(param.getSchema().getMinimum()) || "0".equals(String.valueOf(param.getSchema().getDefault())));
  }

  /** As many as the source gives at once, within reason. */
  private static int size(Parameter param) {
    BigDecimal most = param.getSchema() == null ? null : param.getSchema().getMaximum();
    return most == null ? USUAL : most.max(BigDecimal.ONE).min(BigDecimal.valueOf(LARGEST)).intValue();
  }
}
