package io.connectorkit.gateway.internal;

import com.fasterxml.jackson.core.JacksonException;
import io.connectorkit.host.KitException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** The tokens that were given out, in {@code data/tokens.json}: only their digests are kept, so that the file lets nobody in. */
@Component(service = Tokens.class)
public final class Tokens {

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
  private static final String PREFIX = "kit_";

  /** A token as it is kept; random enough that a plain digest cannot be turned back. */
  record Token(String name, String role, String sha256, String createdAt) {}

  private record Stamp(FileTime time, long bytes) {
    private static final Stamp NONE = new Stamp(FileTime.fromMillis(0), -1);
  }

  private final Path file;
  private Stamp stamp = Stamp.NONE;
  private List<Token> tokens = List.of();

  @Activate
  public Tokens(BundleContext context) {
    this(Path.of(context.getProperty("kit.data")).resolve("tokens.json"));
  }

  Tokens(Path file) {
    this.file = file;
  }

  /** Whose token a text is. All are compared, so that the time tells nothing. */
  synchronized Optional<Caller> find(String text) {
    byte[] digest = sha256(text);
    Token found = null;
    for (Token token : read()) {
      if (MessageDigest.isEqual(digest, token.sha256().getBytes(StandardCharsets.US_ASCII))) {
        found = token;
      }
    }
    return Optional.ofNullable(found).map(token -> new Caller(token.name(), Role.of(token.role()), false));
  }

  /** All tokens, by their age. */
  synchronized List<Token> list() {
    return List.copyOf(read());
  }

  /** Makes a token and gives its text, which nobody can ask for again. */
  synchronized String create(String name, Role role) {
    if (!NAME.matcher(name).matches()) {
      throw new KitException("KIT-6003", "'" + name + "' cannot be a token's name; use letters, digits, '.', '_' and '-', at most 64");
    }
    if (read().stream().anyMatch(token -> token.name().equals(name))) {
      throw new KitException("KIT-6010", "there is a token '" + name + "' already; revoke it first, or take another name");
    }
    String text = PREFIX + LocalToken.random();
    List<Token> next = new ArrayList<>(tokens);
    next.add(new Token(name, role.label(), new String(sha256(text), StandardCharsets.US_ASCII), Instant.now().truncatedTo(ChronoUnit.SECONDS).toString()));
    write(next);
    return text;
  }

  /** Takes a token back, from now on. */
  synchronized void revoke(String name) {
    List<Token> next = read().stream().filter(token -> !token.name().equals(name)).toList();
    if (next.size() == tokens.size()) {
      throw new KitException("KIT-6004", "there is no token '" + name + "'; there are " + tokens.stream().map(Token::name).toList());
    }
    write(next);
  }

  /** Another process may have changed the file. */
  private List<Token> read() {
    try {
      Stamp now = Files.exists(file) ? new Stamp(Files.getLastModifiedTime(file), Files.size(file)) : Stamp.NONE;
      if (!now.equals(stamp)) {
        tokens = now.equals(Stamp.NONE) ? List.of() : List.of(Reply.json().readValue(Files.readAllBytes(file), Token[].class));
        stamp = now;
      }
      return tokens;
    } catch (JacksonException e) {
      throw new KitException("KIT-6011", file.getFileName() + " is damaged; delete it and make new tokens", e);
    } catch (IOException e) {
      throw new KitException("KIT-6011", file.getFileName() + " cannot be read: " + e.getClass().getSimpleName(), e);
    }
  }

  private void write(List<Token> next) {
    try {
      Path aside = file.resolveSibling(file.getFileName() + ".tmp");
      Files.deleteIfExists(aside);
      Files.createFile(aside, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.write(aside, Reply.json().writerWithDefaultPrettyPrinter().writeValueAsBytes(next));
      Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE);
      stamp = new Stamp(Files.getLastModifiedTime(file), Files.size(file));
      tokens = List.copyOf(next);
    } catch (IOException e) {
      throw new KitException("KIT-6011", file.getFileName() + " cannot be written: " + e.getClass().getSimpleName(), e);
    }
  }

  private static byte[] sha256(String text) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest).getBytes(StandardCharsets.US_ASCII);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
