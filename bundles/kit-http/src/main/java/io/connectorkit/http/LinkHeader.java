package io.connectorkit.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One link of a header {@code Link}. */
record LinkHeader(String target, String rels) {

  private static final Pattern LINK = Pattern.compile("<([^>]*)>((?:\\s*;\\s*[^=;,\\s]+\\s*(?:=\\s*(?:\"[^\"]*\"|[^\",;]*))?)*)");
  private static final Pattern REL = Pattern.compile(";\\s*rel\\s*=\\s*(?:\"([^\"]*)\"|([^\",;\\s]*))", Pattern.CASE_INSENSITIVE);

  static List<LinkHeader> parse(String header) {
    List<LinkHeader> links = new ArrayList<>();
    Matcher link = LINK.matcher(header);
    while (link.find()) {
      Matcher rel = REL.matcher(link.group(2));
      if (rel.find()) {
        links.add(new LinkHeader(link.group(1).strip(), (rel.group(1) == null ? rel.group(2) : rel.group(1)).toLowerCase(Locale.ROOT)));
      }
    }
    return links;
  }

  boolean rel(String name) {
    return List.of(rels.split("\\s+")).contains(name);
  }
}
