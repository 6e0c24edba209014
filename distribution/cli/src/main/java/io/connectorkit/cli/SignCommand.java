package io.connectorkit.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code kit connector sign JAR}. */
@Command(name = "sign", description = "Sign a connector with a key of yours, as the JDK's jarsigner does.")
final class SignCommand extends KitCommand {

  /** A class of the module that only a JDK has; named, so that this class can be loaded without it. */
  private static final String SIGNER = "jdk.security.jarsigner.JarSigner";

  @Parameters(paramLabel = "JAR", description = "The jar to sign.")
  private Path jar;

  @Option(names = "--keystore", required = true, paramLabel = "FILE", description = "Key store, PKCS12 or JKS.")
  private Path keystore;

  @Option(names = "--alias", required = true, paramLabel = "NAME", description = "Name of the key in it.")
  private String alias;

  @Option(names = "--storepass-env", paramLabel = "VAR", defaultValue = "KIT_STOREPASS",
      description = "Environment variable with the password of the key store (default: ${DEFAULT-VALUE}).")
  private String passwordVariable;

  @Option(names = "--out", paramLabel = "FILE", description = "Where the signed jar goes; in place of the unsigned one if not given.")
  private Path out;

  SignCommand(Session session) {
    super(session);
  }

  @Override
  public Integer call() {
    if (!Files.isRegularFile(jar)) {
      throw new KitException("KIT-7220 '" + jar + "' is no file");
    }
    try {
      Class.forName(SIGNER);
    } catch (ClassNotFoundException e) {
      throw new KitException("KIT-7250 the Java in '" + System.getProperty("java.home") + "' cannot sign: it has no module jdk.jartool;"
          + " let JAVA_HOME name a JDK, not a runtime only", e);
    }
    String signer = new JarSigning(keystore, alias, password()).sign(jar, Optional.ofNullable(out).orElse(jar));
    console().say("Signed " + Optional.ofNullable(out).orElse(jar) + " as '" + signer + "'");
    return ExitCode.OK;
  }

  private char[] password() {
    String password = System.getenv(passwordVariable);
    if (password != null) {
      return password.toCharArray();
    }
    char[] typed = System.console() == null ? null : System.console().readPassword("Password of %s: ", keystore);
    if (typed == null) {
      throw new KitException("KIT-7251 the password of '" + keystore + "' is missing: the environment variable " + passwordVariable
          + " is not set; set it, or name another one with --storepass-env");
    }
    return typed;
  }
}
