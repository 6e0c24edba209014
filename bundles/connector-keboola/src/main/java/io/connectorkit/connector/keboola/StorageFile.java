package io.connectorkit.connector.keboola;

import io.connectorkit.api.ConnectorException;
import io.connectorkit.api.HttpOptions.Auth;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An exported file, or the list of its slices, in the storage of some cloud. Slices are fetched from the place of the export and from no
 * other, since the credentials go there.
 *
 * @param json what the API says of it
 * @param proxy base URL that stands for the cloud's own hosts
 */
record StorageFile(Map<String, Object> json, Optional<String> proxy) {

  private static final Set<String> CLOUDS = Set.of(".amazonaws.com", ".amazonaws.com.cn", ".blob.core.windows.net", "storage.googleapis.com");
  private static final Pattern SLICE = Pattern.compile("(s3|gs|azure)://([A-Za-z0-9._-]+)/(.+)");
  private static final Pattern SAS = Pattern.compile("(?:^|;)SharedAccessSignature=\\??([^;]+)");
  private static final Pattern REGION = Pattern.compile("[a-z0-9-]+");

  /**
   * Where to ask.
   *
   * @param origin scheme, host and port
   * @param path behind it, with the query
   */
  record Place(String origin, String path, Auth auth, Map<String, String> headers) {}

  boolean sliced() {
    return Boolean.TRUE.equals(json.get("isSliced"));
  }

  /** The file, or the list of its slices. */
  Place whole() {
    return direct(uri(StorageApi.text(json, "url")));
  }

  /** A slice, by the URL in that list. */
  Place slice(String url) {
    Matcher cloud = SLICE.matcher(url);
    if (cloud.matches()) {
      return switch (cloud.group(1)) {
        case "s3" -> s3(cloud.group(2), cloud.group(3));
        case "gs" -> google(cloud.group(2), cloud.group(3));
        default -> azure(cloud.group(2), cloud.group(3));
      };
    }
    URI uri = uri(url);
    URI own = uri(StorageApi.text(json, "url"));
    if (uri.getHost() == null || !uri.getHost().equals(own.getHost()) || uri.getPort() != own.getPort() || !folder(uri).equals(folder(own))) {
      throw foreign(uri.getHost() + "/" + folder(uri));
    }
    return direct(uri);
  }

  private Place s3(String bucket, String key) {
    requireOwn(bucket, part("s3Path", "bucket"));
    String region = String.valueOf(json.get("region"));
    if (!REGION.matcher(region).matches()) {
      throw ConnectorException.permanent("the export's region is '" + region + "', which is none", null);
    }
    String host = proxy.orElse("https://" + bucket + ".s3." + region + ".amazonaws.com" + (region.startsWith("cn-") ? ".cn" : ""));
    URI uri = uri(trimmed(host) + (proxy.isPresent() ? "/" + bucket : "") + "/" + path(key));
    Map<String, Object> credentials = StorageApi.object(json.get("credentials"), "the export's file, credentials");
    Place place = place(uri, Auth.NONE, Map.of());
    return new Place(place.origin(), place.path(), Auth.NONE, S3Signature.headers(uri, region, credentials));
  }

  private Place google(String bucket, String key) {
    requireOwn(bucket, json.containsKey("gcsPath") ? part("gcsPath", "bucket") : folder(uri(StorageApi.text(json, "url"))));
    String token = StorageApi.text(StorageApi.object(json.get("gcsCredentials"), "the export's file, gcsCredentials"), "access_token");
    String url = trimmed(proxy.orElse("https://storage.googleapis.com")) + "/storage/v1/b/" + bucket + "/o/" + StorageApi.encoded(key) + "?alt=media";
    return place(uri(url), Auth.bearer(token), Map.of());
  }

  private Place azure(String host, String blob) {
    String connection = part("absCredentials", "SASConnectionString");
    String container = blob.replaceFirst("/.*", "");
    requireOwn(container, json.containsKey("absPath") ? part("absPath", "container") : folder(uri(StorageApi.text(json, "url"))));
    Matcher signature = SAS.matcher(connection);
    if (!connection.contains("BlobEndpoint=https://" + host) || !host.endsWith(".blob.core.windows.net") || !signature.find()) {
      throw foreign(host);
    }
    return place(uri(trimmed(proxy.orElse("https://" + host)) + "/" + path(blob) + "?" + signature.group(1)), Auth.NONE, Map.of());
  }

  private Place direct(URI uri) {
    String host = String.valueOf(uri.getHost());
    boolean known = proxy.isPresent() && host.equals(uri(proxy.get()).getHost()) && uri.getPort() == uri(proxy.get()).getPort()
        || "https".equals(uri.getScheme()) && CLOUDS.stream().anyMatch(cloud -> cloud.startsWith(".") ? host.endsWith(cloud) : host.equals(cloud));
    if (!known || uri.getRawUserInfo() != null) {
      throw ConnectorException.permanent("the export lies at " + host + ", which is no storage of a cloud; if it is right, set storage_url", null);
    }
    return place(uri, Auth.NONE, Map.of());
  }

  private static Place place(URI uri, Auth auth, Map<String, String> headers) {
    return new Place(uri.getScheme() + "://" + uri.getRawAuthority(), uri.getRawPath() + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery()),
        auth, headers);
  }

  private static void requireOwn(String named, String own) {
    if (!named.equals(own)) {
      throw foreign(named);
    }
  }

  private static ConnectorException foreign(String where) {
    return ConnectorException.permanent("a slice of the export lies in '" + where + "', which is not where the export is; it is not fetched", null);
  }

  private String part(String section, String field) {
    return StorageApi.text(StorageApi.object(json.get(section), "the export's file, " + section), field);
  }

  /** The first part of the path: a bucket, a container, or what an export begins with in a bucket of its own. */
  private static String folder(URI uri) {
    return uri.getPath().replaceFirst("^/", "").replaceFirst("/.*", "");
  }

  private static String trimmed(String url) {
    return url.replaceFirst("/+$", "");
  }

  private static String path(String key) {
    return StorageApi.encoded(key).replace("%2F", "/");
  }

  private static URI uri(String url) {
    try {
      return new URI(url);
    } catch (URISyntaxException e) {
      throw ConnectorException.permanent("the export names a file at what is no URL: " + e.getReason(), null);
    }
  }
}
