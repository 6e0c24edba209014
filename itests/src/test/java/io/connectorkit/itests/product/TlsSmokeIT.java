package io.connectorkit.itests.product;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.connectorkit.itests.support.Await;
import io.connectorkit.itests.support.Folders;
import io.connectorkit.itests.support.FullOnly;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** The gateway with a certificate of its own, as other machines reach it, and as they do not. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class TlsSmokeIT {

  private static final KitProcess KIT = KitProcess.of(TlsSmokeIT.class);
  private static final Path ETC = KIT.home().resolve("etc");
  private static final Path PASSWORD = ETC.resolve("password.txt");
  /** TLS 1.1 with two suites of its time. A client of this JVM would not even try. */
  private static final String HELLO = "160301002f" + "0100002b" + "0302" + "5a".repeat(32) + "00" + "0004c014c00a" + "0100";

  private static int port;
  private static SSLContext trusting;
  private static String token;

  @BeforeAll
  static void startWithAKeystore() throws Exception {
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    Folders.write(PASSWORD, "right-password\n");
    Path keys = ETC.resolve("keys.p12");
    String names = "san=dns:localhost,ip:127.0.0.1" + outside().map(address -> ",ip:" + address).orElse("");
    Process keytool = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-genkeypair", "-keyalg", "EC", "-alias",
        "gateway", "-dname", "CN=localhost", "-ext", names, "-keystore", keys.toString(), "-storepass", "right-password").redirectErrorStream(true).start();
    assertEquals(0, KitProcess.exit(keytool, "keytool"));
    KeyStore store = KeyStore.getInstance(keys.toFile(), "right-password".toCharArray());
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("gateway", store.getCertificate("gateway"));
    TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    trusting = SSLContext.getInstance("TLS");
    trusting.init(null, trust.getTrustManagers(), null);
    Folders.write(ETC.resolve("io.connectorkit.gateway.cfg"), "http.host = 0.0.0.0\nhttps.keystore = keys.p12\nhttps.port = " + port + "\n");
    KIT.with("KIT_KEYSTORE_PASSWORD_FILE", PASSWORD.toString()).kit("start").ok();
    token = KIT.kit("token", "create", "me").ok().strip();
  }

  @AfterAll
  static void endTheProcesses() {
    KIT.close();
  }

  /** An address of this machine by which others would reach it. */
  private static Optional<String> outside() throws IOException {
    return NetworkInterface.networkInterfaces().flatMap(NetworkInterface::inetAddresses)
        .filter(address -> address instanceof Inet4Address && !address.isLoopbackAddress()).map(InetAddress::getHostAddress).findFirst();
  }

  private static ApiClient https(String host) {
    return new ApiClient(HttpClient.newBuilder().sslContext(trusting).build(), "https://" + host + ":" + port, token);
  }

  private static ApiClient http(String host) {
    JsonNode endpoint = new KitProcess.Result(0, Folders.read(KIT.home().resolve("data/gateway.json")), "").json();
    return ApiClient.of("http://" + host + ":" + endpoint.path("port").asInt(), token);
  }

  private static SSLSocket handshake(String protocol) throws IOException {
    SSLSocket socket = (SSLSocket) trusting.getSocketFactory().createSocket("localhost", port);
    socket.setEnabledProtocols(new String[] {protocol});
    socket.startHandshake();
    return socket;
  }

  @Test
  @Order(1)
  void whoTrustsTheCertificateGetsEverythingOverHttps() throws IOException {
    for (String host : List.of("localhost", outside().orElse("127.0.0.1"))) {
      assertEquals("OK", https(host).with(null).get("/system/health").ok().json().path("status").asText());
      assertTrue(https(host).with(null).get("/").ok().text().contains("<title>"), "the console");
      assertTrue(https(host).get("/api/status").ok().json().isObject());
      assertEquals(401, https(host).with(null).get("/api/status").status());
    }
    ApiClient stranger = ApiClient.of("https://localhost:" + port, token);
    UncheckedIOException refused = assertThrows(UncheckedIOException.class, () -> stranger.get("/system/health"));
    assertTrue(refused.getCause() instanceof SSLHandshakeException, () -> String.valueOf(refused.getCause()));
  }

  @Test
  @Order(2)
  void otherMachinesGetNothingInClearText() throws IOException {
    assertEquals(200, http("127.0.0.1").get("/api/status").status());
    assumeTrue(outside().isPresent(), "this machine has no address but its own");
    for (String path : List.of("/", "/console/index.html", "/api/status", "/system/health", "/metrics", "/v1/status", "/webhooks/any", "/nothing")) {
      ApiClient.Answer answer = http(outside().get()).get(path);
      assertEquals(403, answer.status(), path);
      assertTrue(answer.text().startsWith("KIT-6012 "), path + ": " + answer.text());
    }
    assertEquals(403, http(outside().get()).send("POST", "/webhooks/any", new byte[100_000]).status());
  }

  @Test
  @Order(3)
  void oldProtocolsAreRefused() throws IOException {
    for (String protocol : List.of("TLSv1.2", "TLSv1.3")) {
      try (SSLSocket socket = handshake(protocol)) {
        assertEquals(protocol, socket.getSession().getProtocol());
      }
    }
    try (Socket socket = new Socket("localhost", port); InputStream answer = socket.getInputStream()) {
      socket.getOutputStream().write(HexFormat.of().parseHex(HELLO));
      byte[] record = answer.readNBytes(7);
      assertEquals(7, record.length, "a record of an alert");
      assertEquals("15 02 46", "%02x %02x %02x".formatted(record[0], record[5], record[6]), "fatal: protocol_version");
    }
  }

  @FullOnly
  @Test
  @Order(4)
  void aWrongPasswordIsToldInOneLineAndTheRestRuns() throws IOException {
    KIT.kit("stop").ok();
    Folders.write(PASSWORD, "wrong-password\n");
    Files.delete(KIT.home().resolve("data/log/kit.log"));
    KIT.kit("start").ok();
    List<String> lines = KIT.log().lines().filter(line -> line.contains("ERROR") || line.startsWith("\tat ") || line.contains("KIT-6007")).toList();
    assertEquals(2, lines.size(), lines.toString());
    assertTrue(lines.get(0).contains("KIT-6007 there is no HTTPS: the keystore '" + ETC.resolve("keys.p12") + "' cannot be opened: "), lines.toString());
    assertTrue(lines.get(1).contains("KIT-6006 http.host is '0.0.0.0'"), lines.toString());
    assertFalse(KIT.log().contains("wrong-password"));
    assertTrue(KIT.kit("status", "--json").json().path("running").asBoolean());
    assertEquals(200, http("127.0.0.1").get("/api/status").status());
    assertThrows(ConnectException.class, () -> handshake("TLSv1.3"));
    if (outside().isPresent()) {
      assertThrows(UncheckedIOException.class, () -> http(outside().get()).get("/"));
    }
    Folders.write(PASSWORD, "right-password\n");
    Folders.write(ETC.resolve("io.connectorkit.gateway.cfg"), Folders.read(ETC.resolve("io.connectorkit.gateway.cfg")) + "requests.second = 60\n");
    Await.until("a right password counts from the next change of the settings on", () -> https("localhost").get("/system/health").status() == 200);
  }
}
