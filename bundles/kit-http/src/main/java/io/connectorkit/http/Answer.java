package io.connectorkit.http;

import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * A good answer.
 *
 * @param uri where it came from, after redirects
 */
record Answer(URI uri, int status, List<String> links, Body body) {

  /** Whether it is that there is nothing; only for who takes that for an answer. */
  boolean nothing() {
    return status == 404 || status == 410;
  }

  /** The target of the link {@code rel="next"}: RFC 8288, in one header or several. */
  Optional<String> next() {
    return links.stream().flatMap(header -> LinkHeader.parse(header).stream()).filter(link -> link.rel("next")).map(LinkHeader::target).findFirst();
  }
}
