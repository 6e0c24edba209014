package io.connectorkit.gateway.internal;

import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;

/** The console: files that are in this bundle and need nothing from elsewhere. What they show comes from the API, with the person's token. */
@Component(service = Servlet.class)
@HttpWhiteboardServletPattern({"/", "/console/*"})
public final class ConsoleServlet extends HttpServlet {

  private static final long serialVersionUID = 1L;
  private static final String FOLDER = "/console";
  private static final Set<String> ROOTS = Set.of("/", FOLDER, FOLDER + "/");
  private static final Pattern FILE = Pattern.compile("(/[a-z]+){1,2}\\.(html|css|js|svg)");
  private static final Map<String, String> TYPES = Map.of("html", "text/html", "css", "text/css", "js", "text/javascript", "svg", "image/svg+xml");
  /** Nothing but these files and this gateway, in no frame of anybody's. */
  private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; connect-src 'self';"
      + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  /** An event that comes here comes before those are there who take it: its source is to send it again, which it does for no other answer. */
  @Override
  protected void doPost(HttpServletRequest request, HttpServletResponse response) {
    boolean starting = request.getRequestURI().startsWith("/webhooks/");
    response.setStatus(starting ? HttpServletResponse.SC_SERVICE_UNAVAILABLE : HttpServletResponse.SC_METHOD_NOT_ALLOWED);
    if (starting) {
      response.setHeader("Retry-After", "2");
    }
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
    String uri = request.getRequestURI();
    String path = ROOTS.contains(uri) ? "/index.html" : uri.startsWith(FOLDER) ? uri.substring(FOLDER.length()) : uri;
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setHeader("Content-Security-Policy", POLICY);
    response.setHeader("Referrer-Policy", "no-referrer");
    // Asked for again each time, since the next version has the same addresses.
    response.setHeader("Cache-Control", "no-cache");
    if (!FILE.matcher(path).matches()) {
      response.setStatus(HttpServletResponse.SC_NOT_FOUND);
      return;
    }
    try (InputStream file = ConsoleServlet.class.getResourceAsStream(FOLDER + path)) {
      if (file == null) {
        response.setStatus(HttpServletResponse.SC_NOT_FOUND);
        return;
      }
      response.setContentType(TYPES.get(path.substring(path.lastIndexOf('.') + 1)));
      response.setCharacterEncoding("UTF-8");
      file.transferTo(response.getOutputStream());
    }
  }
}
