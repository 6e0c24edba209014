package io.connectorkit.gateway.internal;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardFilterPattern;

/**
 * Refuses everything that comes in clear text from another machine, where there is a keystore: the server has one address for both of its ports.
 * Also the console, from which people would send their tokens.
 */
@Component(service = Filter.class, configurationPid = GatewayConfig.PID)
@HttpWhiteboardFilterPattern("/*")
public final class ClearText implements Filter {

  private static final byte[] REFUSAL = "KIT-6012 this gateway speaks HTTPS to other machines\n".getBytes(StandardCharsets.UTF_8);

  private final boolean encrypted;

  @Activate
  public ClearText(GatewayConfig config) {
    this.encrypted = !config.https_keystore().isBlank() && !config.http_plain();
  }

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain) throws IOException, ServletException {
    if (!encrypted || request.isSecure() || loopback(request.getRemoteAddr())) {
      chain.doFilter(request, response);
      return;
    }
    Unread.drain((HttpServletRequest) request);
    ((HttpServletResponse) response).setStatus(HttpServletResponse.SC_FORBIDDEN);
    response.setContentType("text/plain");
    response.getOutputStream().write(REFUSAL);
  }

  private static boolean loopback(String address) {
    try {
      return InetAddress.getByName(address).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }
}
