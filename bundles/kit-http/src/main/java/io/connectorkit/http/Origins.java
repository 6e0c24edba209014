package io.connectorkit.http;

import io.connectorkit.api.ConnectorException;
import io.connectorkit.api.HttpOptions;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/** Where requests may go, and where with the credentials. */
final class Origins {

  private final HttpOptions options;
  private final URI base;

  /**
   * Reads the base URL.
   *
   * @throws ConnectorException if it is none
   */
  Origins(HttpOptions options) {
    this.options = options;
    if (options.baseUrl().isBlank()) {
      throw ConnectorException.permanent("no base URL is set; set http.base_url in META-INF/connector.yaml, or baseUrl in code", null);
    }
    try {
      base = new URI(options.baseUrl().strip());
    } catch (URISyntaxException e) {
      throw wrongBase(e.getReason());
    }
    if (!web(base) || base.getHost() == null || base.getRawUserInfo() != null || base.getRawQuery() != null || base.getRawFragment() != null) {
      throw wrongBase("it must be http or https with a host, and without user, query and fragment");
    }
  }

  /** Without the URL: somebody may have put a password into it. */
  private static ConnectorException wrongBase(String reason) {
    return ConnectorException.permanent("the base URL cannot be used: " + reason + "; correct the setting that it is made of", null);
  }

  private static boolean web(URI uri) {
    return "https".equalsIgnoreCase(uri.getScheme()) || "http".equalsIgnoreCase(uri.getScheme());
  }

  /** A path behind the base URL, or a URL as it is. */
  URI resolve(String path) {
    try {
      if (path.regionMatches(true, 0, "http://", 0, 7) || path.regionMatches(true, 0, "https://", 0, 8)) {
        return new URI(path);
      }
      String start = base.toString();
      return new URI((start.endsWith("/") ? start.substring(0, start.length() - 1) : start) + (path.isEmpty() || path.startsWith("/") ? path : "/" + path));
    } catch (URISyntaxException e) {
      throw ConnectorException.permanent("'" + Text.shown(path.replaceFirst("\\?.*", ""), 100) + "' is no path of a URL: " + e.getReason(), null);
    }
  }

  /** Whether it is where the credentials belong. */
  boolean own(URI uri) {
    return web(uri) && uri.getHost() != null && uri.getScheme().equalsIgnoreCase(base.getScheme()) && uri.getHost().equalsIgnoreCase(base.getHost())
        && port(uri) == port(base);
  }

  /** Whether requests may go there: a host that is allowed gets none without encryption if the base URL has it. */
  boolean allowed(URI uri) {
    if (own(uri)) {
      return true;
    }
    if (!web(uri) || uri.getHost() == null || uri.getRawUserInfo() != null
        || uri.getScheme().equalsIgnoreCase("http") && !base.getScheme().equalsIgnoreCase("http")) {
      return false;
    }
    String host = uri.getHost().toLowerCase(Locale.ROOT);
    return options.allowedHosts().stream().map(each -> each.toLowerCase(Locale.ROOT))
        .anyMatch(each -> each.startsWith("*.") ? host.endsWith(each.substring(1)) : host.equals(each));
  }

  private static int port(URI uri) {
    return uri.getPort() >= 0 ? uri.getPort() : uri.getScheme().equalsIgnoreCase("https") ? 443 : 80;
  }
}
