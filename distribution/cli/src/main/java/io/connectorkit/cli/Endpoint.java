package io.connectorkit.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** How a running host is reached: what it wrote into its endpoint file. */
record Endpoint(long pid, int port, String token) {

  /** Empty if there is no such file, or one that is not complete yet. */
  static Optional<Endpoint> read(Path file) {
    // By the parser alone: to read this is the last that a start waits for, and to load the mapper takes a tenth of a second.
    try (JsonParser json = new JsonFactory().createParser(Files.readString(file))) {
      long pid = 0;
      int port = 0;
      String token = "";
      json.nextToken();
      for (String field = json.nextFieldName(); field != null; field = json.nextFieldName()) {
        json.nextToken();
        switch (field) {
          case "pid" -> pid = json.getValueAsLong();
          case "port" -> port = json.getValueAsInt();
          case "token" -> token = json.getValueAsString("");
          default -> json.skipChildren();
        }
      }
      return port > 0 && !token.isEmpty() ? Optional.of(new Endpoint(pid, port, token)) : Optional.empty();
    } catch (NoSuchFileException | JsonProcessingException e) {
      return Optional.empty();
    } catch (AccessDeniedException e) {
      throw new KitException("KIT-7201 the gateway runs as another user: '" + file + "' may not be read. Run kit as that user.", e);
    } catch (IOException e) {
      throw new KitException("KIT-7201 cannot read '" + file + "': " + e, e);
    }
  }

  /** Waits until the file names a port that takes connections; empty when {@code patience} or {@code hope} ran out. */
  static Optional<Endpoint> await(Path file, Duration patience, BooleanSupplier hope) {
    long deadline = System.nanoTime() + patience.toNanos();
    do {
      Optional<Endpoint> endpoint = read(file).filter(Endpoint::isListening);
      if (endpoint.isPresent()) {
        return endpoint;
      }
      LockSupport.parkNanos(10_000_000);
    } while (System.nanoTime() < deadline && hope.getAsBoolean());
    return Optional.empty();
  }

  boolean isListening() {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 2_000);
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
