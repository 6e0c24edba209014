package io.connectorkit.gateway.internal;

import io.connectorkit.host.KitException;
import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletName;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes the requests: {@code /v1} is for the command on this machine, the rest is the API. */
@Component(service = Servlet.class)
@HttpWhiteboardServletName(GatewayServlet.NAME)
@HttpWhiteboardServletPattern({"/v1/*", "/api/*", "/metrics", "/system/*"})
public final class GatewayServlet extends HttpServlet {

  static final String NAME = "kit-gateway";

  private static final Logger LOG = LoggerFactory.getLogger(GatewayServlet.class);
  private static final long serialVersionUID = 1L;

  private final transient Access access;
  private final transient ControlApi control;
  private final transient Router router;

  @Activate
  public GatewayServlet(@Reference Access access, @Reference ControlApi control, @Reference Router router) {
    this.access = access;
    this.control = control;
    this.router = router;
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response) {
    boolean control = request.getRequestURI().startsWith("/v1/");
    try {
      response.setHeader("Cache-Control", "no-store");
      response.setHeader("X-Content-Type-Options", "nosniff");
      if (control) {
        control(request, new Reply(response));
      } else {
        router.handle(request, response);
      }
    } catch (IOException e) {
      LOG.debug("the client went away", e);
    }
  }

  private void control(HttpServletRequest request, Reply reply) throws IOException {
    try {
      if (!access.require(request).local()) {
        throw new KitException("KIT-6008", "this is for the kit command on the same machine; the API is under /api");
      }
      control.handle(request.getMethod(), request.getRequestURI(), request.getQueryString(), request.getInputStream(), reply);
    } catch (KitException e) {
      reply.error(Problem.status(e), e.getMessage());
    } catch (RuntimeException | LinkageError e) {
      LOG.error("KIT-9004 {} {} failed", request.getMethod(), request.getRequestURI(), e);
      reply.error(500, "KIT-9004 the host failed: " + e.getClass().getSimpleName() + "; see its log");
    } finally {
      reply.end();
    }
  }
}
