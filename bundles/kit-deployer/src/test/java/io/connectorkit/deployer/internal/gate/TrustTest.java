package io.connectorkit.deployer.internal.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.connectorkit.host.KitException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whose jars are let in (I1). */
class TrustTest extends GateFixture {

  @TempDir
  private static Path common;

  private static Keys keys;

  private TrustPolicy policy = TrustPolicy.of(Path.of("nowhere"), false, "", "");

  @BeforeAll
  static void makeKeys() throws Exception {
    keys = new Keys(common)
        .make("root", "CN=Root", "-ext", "bc:c", "-validity", "3650")
        .make("acme", "CN=Acme\\, Inc.,O=Acme", "-signer", "root", "-ext", "eku=codeSigning")
        .make("web", "CN=www.acme.com", "-signer", "root", "-ext", "eku=serverAuth")
        .make("stranger", "CN=Acme\\, Inc.")
        .make("expired", "CN=Past", "-startdate", "-400d", "-validity", "100");
  }

  @Override
  TrustPolicy policy() {
    return policy;
  }

  private Path trust() {
    return folder.resolve("trust");
  }

  private Path unsigned() throws Exception {
    return new TestJar().writeTo(folder.resolve("acme.jar"));
  }

  private Path signed(String alias) throws Exception {
    return keys.sign(unsigned(), alias);
  }

  private void require(String publishers, String digests) {
    policy = TrustPolicy.of(trust(), true, publishers, digests);
  }

  private CheckedJar check(Path file) throws Exception {
    return gate().check(file.getFileName().toString(), file);
  }

  @Test
  void whereNoSignatureIsRequiredUnsignedJarsPassAndForeignOnesAreNoted() throws Exception {
    assertEquals("", check(unsigned()).publisher());
    CheckedJar jar = check(signed("stranger"));
    assertEquals("", jar.publisher());
    assertTrue(jar.notes().toString().contains("taken as unsigned: its signer is 'Acme, Inc.'"), jar.notes().toString());
  }

  @Test
  void aSignerUnderATrustedCertificateIsLetInByName() throws Exception {
    keys.export(trust().resolve("root.pem"), "expired", "root");
    require("", "");
    assertEquals("Acme, Inc.", check(signed("acme")).publisher());
    require("Globex; Acme, Inc.", "");
    assertEquals("Acme, Inc.", check(signed("acme")).publisher());
    require("Globex", "");
    assertTrue(refusal("KIT-1034", signed("acme")).contains("'Acme, Inc.': not one of 'publishers' [Globex]"));
  }

  @Test
  void aSignersOwnCertificateCanBeTrusted() throws Exception {
    keys.export(trust().resolve("stranger.CRT"), "stranger");
    require("", "");
    assertEquals("Acme, Inc.", check(signed("stranger")).publisher());
    assertTrue(refusal("KIT-1033", signed("acme")).contains("vouches"));
  }

  @Test
  void whoeverIsNotTrustedIsRefusedWhereSignaturesAreRequired() throws Exception {
    require("", "");
    assertTrue(refusal("KIT-1032", unsigned()).contains("it is not signed"));
    assertTrue(refusal("KIT-1033", signed("acme")).contains("holds no certificate"));
    keys.export(trust().resolve("root.pem"), "root", "expired");
    Files.writeString(trust().resolve("broken.cer"), "nonsense");
    Files.writeString(trust().resolve("README.md"), "certificates go here");
    assertTrue(refusal("KIT-1033", signed("stranger")).contains("broken.cer holds no certificate"));
    assertTrue(refusal("KIT-1033", signed("web")).contains("not one for signing code"));
    assertTrue(refusal("KIT-1033", signed("expired")).contains("not valid today"));
  }

  private Path changed(Path signed, String entry, String text) throws Exception {
    try (FileSystem zip = FileSystems.newFileSystem(signed)) {
      Files.deleteIfExists(zip.getPath(entry));
      if (text != null) {
        Files.writeString(zip.getPath(entry), text);
      }
    }
    return signed;
  }

  /** Also where none is required: somebody has been at it. */
  @Test
  void aBrokenSignatureIsAlwaysRefused() throws Exception {
    check(signed("acme"));
    assertTrue(refusal("KIT-1031", changed(signed("acme"), "META-INF/connector.yaml", TestJar.YAML + "# changed\n")).contains("connector.yaml"));
    assertTrue(refusal("KIT-1031", changed(signed("acme"), "com/acme/More.class", "added")).contains("does not cover com/acme/More.class"));
    assertTrue(refusal("KIT-1031", changed(signed("acme"), "com/acme/AcmeConnector.class", null)).contains("no longer there"));
    assertTrue(refusal("KIT-1031", changed(signed("acme"), "META-INF/ACME.EC", "nonsense")).contains("broken"));
    assertTrue(refusal("KIT-1031", changed(signed("acme"), "META-INF/ACME.EC", null)).contains("does not cover"));
    refusal("KIT-1031", changed(signed("acme"), "META-INF/ACME.SF", "Signature-Version: 1.0\n\n"));
  }

  @Test
  void ofTwoSignersOneThatIsTrustedIsEnough() throws Exception {
    Path signed = signed("acme");
    Path both = Files.move(keys.sign(signed, "stranger"), folder.resolve("both.jar"));
    policy = TrustPolicy.of(trust(), true, "", "");
    keys.export(trust().resolve("root.pem"), "root");
    assertEquals("Acme, Inc.", check(both).publisher(), "two whole signatures, one of them trusted");
  }

  @Test
  void aPinLetsInExactlyTheseBytesWhateverTheirSignature() throws Exception {
    String sha256 = check(unsigned()).sha256();
    require("", "acme.jar=" + sha256.toUpperCase(Locale.ROOT));
    assertEquals("", check(unsigned()).publisher());
    require("", " acme = " + sha256 + " ; ");
    assertEquals("acme", check(unsigned()).connector());
    policy = TrustPolicy.of(trust(), false, "", "acme=" + "0".repeat(64));
    String message = refusal("KIT-1035", unsigned());
    assertTrue(message.contains(sha256) && message.contains("0".repeat(64) + " for acme"), message);
    policy = TrustPolicy.of(trust(), false, "", "other.jar=" + "0".repeat(64));
    check(unsigned());
  }

  @Test
  void settingsThatMakeNoSenseLetNothingIn() {
    for (String digests : List.of("acme.jar", "acme.jar=12", "a=" + "0".repeat(64) + ";a=" + "1".repeat(64))) {
      assertEquals("KIT-1036", assertThrows(KitException.class, () -> TrustPolicy.of(trust(), false, "", digests)).code());
    }
  }
}
