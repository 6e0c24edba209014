package io.connectorkit.api;

import java.util.Map;
import java.util.function.UnaryOperator;
import org.osgi.annotation.versioning.ProviderType;

/**
 * HTTP as the connector of a REST source needs it: {@link ConnectorContext#http()}. Base URL, credentials, rate and limits come from the
 * section {@code http} of {@code META-INF/connector.yaml}, or from {@link #with code}.
 *
 * <p>Every answer is waited for within limits, and a call ends within a second of its cancellation. What may pass (429, 5xx, a broken
 * connection) is tried again, after the time that the source asks for or a growing one, if the request may be repeated; all calls of an
 * instance keep to one rate and one such pause. What remains is a {@link ConnectorException}: authentication for 401 and 403, transient for
 * what may pass later, permanent for all else; its message has method, path, page, status and the beginning of the answer, and no secret.
 *
 * <p>The credentials go to the origin (scheme, host and port) of the base URL and nowhere else. Addresses that the source names, in pages
 * and redirects, have to be of that origin or of a host in {@link HttpOptions#allowedHosts()}.
 *
 * <p>Safe from any thread, while the call lasts whose context gave it.
 */
@ProviderType
public interface Http {

  /**
   * A request for what lies at a path.
   *
   * @param path behind the base URL, with or without a slash before it; or a whole URL of an allowed origin; a query may follow it
   */
  HttpCall get(String path);

  /**
   * A request that sends JSON. It is tried again only if the source cannot have begun to work on it, unless {@link HttpCall#repeatable()}.
   *
   * @param path as for {@link #get}
   * @param json a map, list, text, number, boolean or null, of any depth
   */
  HttpCall post(String path, Object json);

  /**
   * A request that sends a form, as web pages do, for sources that take no JSON. As {@link #post}.
   *
   * @param fields in order; values as those of {@link HttpCall#param}
   */
  HttpCall postForm(String path, Map<String, ?> fields);

  /**
   * The same with other options, such as a base URL that is made of several settings. Rate and pauses are still those of the instance.
   *
   * @param change gets the options as they are
   */
  Http with(UnaryOperator<HttpOptions> change);
}
