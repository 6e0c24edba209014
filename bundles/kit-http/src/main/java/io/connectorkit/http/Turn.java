package io.connectorkit.http;

import io.connectorkit.api.Paging;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** From one page to the next. For one thread. */
final class Turn {

  private final Paging paging;
  private final Exchange exchange;
  private final Marks marks = new Marks();
  private long offset;
  private long number;

  Turn(Paging paging, Exchange exchange) {
    this.paging = paging;
    this.exchange = exchange;
    this.number = paging instanceof Paging.Number pages ? pages.first() : 0;
  }

  /** The request for the first page. */
  Outgoing first(Outgoing request) {
    if (paging instanceof Paging.Offset by) {
      return sized(request, by.sizeParam(), by.size()).with(by.param(), 0);
    }
    return paging instanceof Paging.Number by ? sized(request, by.sizeParam(), by.size()).with(by.param(), number) : request;
  }

  private static Outgoing sized(Outgoing request, String param, int size) {
    return param.isEmpty() ? request : request.with(param, size);
  }

  /** What has to be known of a page besides its records. */
  Set<String> beside() {
    Stream<String> paths = paging instanceof Paging.Token by ? Stream.of(by.path(), by.more())
        : paging instanceof Paging.Offset by ? Stream.of(by.total())
        : paging instanceof Paging.Number by ? Stream.of(by.total())
        : paging instanceof Paging.NextUrl by ? Stream.of(by.path()) : Stream.empty();
    return paths.filter(path -> !path.isEmpty()).collect(Collectors.toSet());
  }

  /**
   * The request for the next page; null if this was the last one.
   *
   * @param request for this page
   * @throws BadAnswer if the source goes in a circle, or leads elsewhere
   */
  Outgoing next(Outgoing request, Answer answer, JsonRecords json, List<Map<String, Object>> records) throws BadAnswer {
    if (paging instanceof Paging.Token by) {
      return token(request, by, json);
    }
    if (paging instanceof Paging.NextUrl by) {
      Object url = json.value(by.path());
      return url == null || Text.of(url).isEmpty() ? null : request.to(url(answer, Text.of(url)));
    }
    if (paging instanceof Paging.Link) {
      String url = answer.next().orElse(null);
      return url == null ? null : request.to(url(answer, url));
    }
    if (records.isEmpty() || paging instanceof Paging.None) {
      return null;
    }
    return paging instanceof Paging.Offset by ? counted(request, by.param(), offset + records.size(), by.total(), json, records)
        : counted(request, ((Paging.Number) paging).param(), ++number, ((Paging.Number) paging).total(), json, records);
  }

  private Outgoing token(Outgoing request, Paging.Token by, JsonRecords json) throws BadAnswer {
    Object token = json.value(by.path());
    if (token == null || Text.of(token).isEmpty() || !by.more().isEmpty() && Boolean.FALSE.equals(json.value(by.more()))) {
      return null;
    }
    if (marks.seen(Text.of(token))) {
      throw new BadAnswer("has a token under '" + by.path() + "' that was there already: the pages would never end; is '" + by.param()
          + "' the parameter for it?", false);
    }
    return request.with(by.param(), token);
  }

  private URI url(Answer answer, String url) throws BadAnswer {
    URI next = exchange.target(answer.uri(), url);
    if (marks.seen(next.toString())) {
      throw new BadAnswer("names a next page that was there already: the pages would never end", false);
    }
    return next;
  }

  private Outgoing counted(Outgoing request, String param, long value, String total, JsonRecords json, List<Map<String, Object>> records) throws BadAnswer {
    offset += records.size();
    if (marks.seen((long) records.hashCode() << 20 ^ records.size())) {
      throw new BadAnswer("has the same records as an earlier page: the pages would never end; is '" + param + "' the parameter for them?", false);
    }
    boolean all = json.value(total) instanceof Number count && offset >= count.longValue();
    return all ? null : request.with(param, value);
  }
}
