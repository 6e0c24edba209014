package io.connectorkit.connector.keboola.fake;

import com.sun.net.httpserver.HttpExchange;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The storage behind the API, on a port of its own, as one of the clouds: wants its own credentials and none of the API's. */
public final class FakeStorage extends FakeServer {

  /** Where exports lie, and how their slices are named. */
  public enum Cloud { SINGLE, HTTPS, AZURE, GOOGLE, S3 }

  /** Which slices begin with the names of the columns. */
  public enum Header { NONE, FIRST, ALL }

  private static final Pattern SIGNATURE = Pattern.compile("AWS4-HMAC-SHA256 Credential=([^/]+)/(\\d{8})/([^/]+)/s3/aws4_request, SignedHeaders=([^,]+),"
      + " Signature=([0-9a-f]{64})");

  private final Map<String, byte[]> blobs = new ConcurrentHashMap<>();
  private final Map<String, Path> files = new ConcurrentHashMap<>();
  /** Credentials of earlier generations are refused. */
  private final AtomicInteger generation = new AtomicInteger(1);
  private volatile Cloud cloud = Cloud.HTTPS;
  private volatile Header header = Header.FIRST;
  private volatile boolean packed;
  private volatile int slices = 3;
  private volatile Runnable beforeSlice = () -> {};
  private volatile String elsewhere = "";

  public FakeStorage cloud(Cloud other) {
    cloud = other;
    return this;
  }

  public FakeStorage header(Header other) {
    header = other;
    return this;
  }

  public FakeStorage packed(boolean yes) {
    packed = yes;
    return this;
  }

  public FakeStorage slices(int count) {
    slices = count;
    return this;
  }

  /** Done before each slice is sent. */
  public FakeStorage beforeSlice(Runnable work) {
    beforeSlice = work;
    return this;
  }

  /** Has lists of slices name this one as well. */
  public FakeStorage alsoNaming(String url) {
    elsewhere = url;
    return this;
  }

  /** Credentials that were given so far are worth nothing from now on. */
  public void expire() {
    generation.incrementAndGet();
  }

  /** Keeps an export, in slices. */
  void keep(String id, List<String> columns, List<List<String>> rows) {
    boolean single = cloud == Cloud.SINGLE;
    int count = single ? 1 : slices;
    for (int i = 0; i < count; i++) {
      List<List<String>> part = rows.subList(rows.size() * i / count, rows.size() * (i + 1) / count);
      boolean named = header == Header.ALL || header == Header.FIRST && i == 0;
      String text = (named ? line(columns) : "") + part.stream().map(FakeStorage::line).collect(Collectors.joining());
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      blobs.put(single ? blob(id, "") : blob(id, "part_" + i), packed ? gzip(bytes) : bytes);
    }
  }

  /** Keeps files as the slices of an export. */
  void keep(String id, List<Path> slices) {
    for (int i = 0; i < slices.size(); i++) {
      files.put(blob(id, "part_" + i), slices.get(i));
    }
  }

  private static String blob(String id, String part) {
    return "exp-15/" + id + "/table" + part;
  }

  /** Null is nothing, and an empty text is quoted. */
  private static String line(List<String> cells) {
    return cells.stream().map(cell -> cell == null ? "" : '"' + cell.replace("\"", "\"\"") + '"').collect(Collectors.joining(",", "", "\n"));
  }

  private static byte[] gzip(byte[] bytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  /** The file as the API describes it, with credentials. */
  Map<String, Object> file(String id) {
    Map<String, Object> json = new LinkedHashMap<>();
    String folder = cloud == Cloud.SINGLE || cloud == Cloud.HTTPS || cloud == Cloud.S3 ? "" : "container/";
    json.put("id", Long.valueOf(id));
    json.put("isSliced", cloud != Cloud.SINGLE);
    json.put("name", "table.csv");
    json.put("region", "eu-central-1");
    json.put("url", url() + "/" + folder + blob(id, cloud == Cloud.SINGLE ? "" : ".manifest") + "?sig=" + generation.get());
    json.put("credentials", Map.of("AccessKeyId", "AKIA" + generation.get(), "SecretAccessKey", "secret+/key", "SessionToken", "session/" + generation.get()));
    json.put("s3Path", Map.of("bucket", "kbc-bucket", "key", blob(id, "")));
    json.put("gcsCredentials", Map.of("access_token", "google-" + generation.get()));
    json.put("absCredentials", Map.of("SASConnectionString", "BlobEndpoint=https://kbc.blob.core.windows.net;SharedAccessSignature=sig=" + generation.get()));
    return json;
  }

  /** In an order that is not theirs. */
  private String manifest(String id) {
    List<String> names = new ArrayList<>(Stream.concat(blobs.keySet().stream(), files.keySet().stream())
        .filter(name -> name.startsWith("exp-15/" + id + "/")).sorted().toList());
    Collections.reverse(names);
    String before = switch (cloud) {
      case S3 -> "s3://kbc-bucket/";
      case GOOGLE -> "gs://container/";
      case AZURE -> "azure://kbc.blob.core.windows.net/container/";
      default -> url() + "/";
    };
    String after = cloud == Cloud.HTTPS ? "?sig=" + generation.get() : "";
    List<Object> entries = new ArrayList<>(names.stream().map(name -> (Object) Map.of("url", before + name + after)).toList());
    if (!elsewhere.isEmpty()) {
      entries.add(Map.of("url", elsewhere));
    }
    return Json.of(Map.of("entries", entries));
  }

  @Override
  Answer answer(HttpExchange exchange, String path, String body) throws IOException {
    if (exchange.getRequestHeaders().containsKey("X-StorageApi-Token")) {
      return Answer.of(500, "the token of the API does not belong here");
    }
    String authorization = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
    String query = String.valueOf(exchange.getRequestURI().getRawQuery());
    String google = "/storage/v1/b/container/o/";
    String name = path.startsWith(google) ? URLDecoder.decode(path.substring(google.length()), StandardCharsets.UTF_8)
        : path.replaceFirst("^/(container/|kbc-bucket/)?", "");
    boolean known = path.startsWith(google) ? authorization.equals("Bearer google-" + generation.get())
        : path.startsWith("/kbc-bucket/") ? signed(exchange, authorization) : query.equals("sig=" + generation.get());
    if (!known) {
      return Answer.of(403, "<Error><Code>AuthenticationFailed</Code></Error>");
    }
    if (name.endsWith(".manifest")) {
      return Answer.of(200, manifest(name.split("/")[1]));
    }
    beforeSlice.run();
    if (files.containsKey(name)) {
      return new Answer(200, Files.readAllBytes(files.get(name)));
    }
    return blobs.containsKey(name) ? new Answer(200, blobs.get(name)) : Answer.of(404, "<Error><Code>NoSuchKey</Code></Error>");
  }

  /** Checks Signature Version 4 as AWS describes it. */
  private boolean signed(HttpExchange exchange, String authorization) {
    Matcher parts = SIGNATURE.matcher(authorization);
    if (!parts.matches() || !parts.group(1).equals("AKIA" + generation.get()) || exchange.getRequestURI().getRawQuery() != null
        || !("session/" + generation.get()).equals(exchange.getRequestHeaders().getFirst("X-Amz-Security-Token"))) {
      return false;
    }
    String headers = parts.group(4);
    String canonical = "GET\n" + exchange.getRequestURI().getRawPath() + "\n\n" + List.of(headers.split(";")).stream()
        .map(header -> header + ":" + exchange.getRequestHeaders().getFirst(header) + "\n").collect(Collectors.joining())
        + "\n" + headers + "\n" + exchange.getRequestHeaders().getFirst("X-Amz-Content-Sha256");
    String scope = parts.group(2) + "/" + parts.group(3) + "/s3/aws4_request";
    try {
      String hash = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(canonical.getBytes(StandardCharsets.UTF_8)));
      byte[] key = "AWS4secret+/key".getBytes(StandardCharsets.UTF_8);
      for (String each : scope.split("/")) {
        key = mac(key, each);
      }
      String text = "AWS4-HMAC-SHA256\n" + exchange.getRequestHeaders().getFirst("X-Amz-Date") + "\n" + scope + "\n" + hash;
      return HexFormat.of().formatHex(mac(key, text)).equals(parts.group(5)) && headers.contains("x-amz-security-token") && headers.contains("host");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] mac(byte[] key, String text) throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
  }
}
