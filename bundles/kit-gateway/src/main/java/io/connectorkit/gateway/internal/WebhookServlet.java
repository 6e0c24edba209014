package io.connectorkit.gateway.internal;

import io.connectorkit.host.EventInboxes;
import io.connectorkit.host.EventReceipt;
import io.connectorkit.host.EventReceipt.Outcome;
import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where sources send their events: {@code POST /webhooks/<instance>}. No token: the signature of the body counts. */
@Component(service = Servlet.class)
@HttpWhiteboardServletPattern("/webhooks/*")
public final class WebhookServlet extends HttpServlet {

  private static final Logger LOG = LoggerFactory.getLogger(WebhookServlet.class);
  private static final long serialVersionUID = 1L;
  private static final Pattern INSTANCE = Pattern.compile("/[a-z][a-z0-9_]{0,62}");
  private static final String RETRY_SECONDS = "2";

  private final transient EventInboxes inboxes;

  @Activate
  public WebhookServlet(@Reference EventInboxes inboxes) {
    this.inboxes = inboxes;
  }

  @Override
  protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
    String path = request.getPathInfo();
    if (path == null || !INSTANCE.matcher(path).matches()) {
      Unread.drain(request);
      answer(response, new EventReceipt(Outcome.UNKNOWN_INSTANCE, "KIT-6027 nothing takes events here"));
      return;
    }
    String instance = path.substring(1);
    int limit = inboxes.maxBody(instance);
    if (limit > 0 && request.getContentLengthLong() > limit) {
      Unread.drain(request);
      answer(response, new EventReceipt(Outcome.TOO_LARGE, "KIT-6021 the body is larger than the " + limit + " bytes that are taken here"));
      return;
    }
    // One byte more than is allowed tells that there are more.
    byte[] body = request.getInputStream().readNBytes(limit + 1);
    if (limit > 0 && body.length > limit) {
      Unread.drain(request);
      answer(response, new EventReceipt(Outcome.TOO_LARGE, "KIT-6021 the body is larger than the " + limit + " bytes that are taken here"));
      return;
    }
    try {
      answer(response, inboxes.receive(instance, headers(request), body));
    } catch (RuntimeException e) {
      LOG.error("KIT-9004 an event for '{}' failed", instance, e);
      answer(response, new EventReceipt(Outcome.LATER, "KIT-9004 the host failed; see its log"));
    }
  }

  private static Map<String, String> headers(HttpServletRequest request) {
    Map<String, String> headers = new HashMap<>();
    request.getHeaderNames().asIterator().forEachRemaining(name -> headers.put(name, request.getHeader(name)));
    return headers;
  }

  private static void answer(HttpServletResponse response, EventReceipt receipt) throws IOException {
    response.setStatus(switch (receipt.outcome()) {
      case STORED -> 202;
      case KNOWN -> 200;
      case UNSIGNED -> 401;
      case REFUSED -> 400;
      case TOO_LARGE -> 413;
      case UNKNOWN_INSTANCE -> 404;
      case LATER -> 503;
    });
    if (receipt.outcome() == Outcome.LATER) {
      response.setHeader("Retry-After", RETRY_SECONDS);
    }
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setContentType("text/plain");
    response.getOutputStream().write(receipt.message().getBytes(StandardCharsets.UTF_8));
  }
}
