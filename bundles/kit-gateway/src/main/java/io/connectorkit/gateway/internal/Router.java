package io.connectorkit.gateway.internal;

import io.connectorkit.host.KitException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the route of a request and answers with what its handler gives, or with the problem. */
@Component(service = Router.class)
public final class Router {

  private static final Logger LOG = LoggerFactory.getLogger(Router.class);

  private final Access access;
  private final List<Route> routes;
  private final Map<String, Object> document;

  @Activate
  public Router(@Reference Access access, @Reference Api api) {
    this.access = access;
    List<Route> own = List.of(Route.get("/api/openapi.json", "getOpenApi", "This document").gives(Object.class).by(call -> document()));
    this.routes = Stream.concat(api.routes().stream(), own.stream()).sorted(Comparator.comparing(Route::path)).toList();
    this.document = new LinkedHashMap<>();
  }

  /** Made when somebody asks for the first time. */
  private synchronized Map<String, Object> document() {
    if (document.isEmpty()) {
      document.putAll(new OpenApi(routes).document());
    }
    return document;
  }

  void handle(HttpServletRequest request, HttpServletResponse response) throws IOException {
    Reply reply = new Reply(response);
    try {
      List<String> segments = Arrays.stream(request.getRequestURI().substring(1).split("/", -1))
          .map(segment -> Call.decode(segment.replace("+", "%2B"))).toList();
      Optional<Route> found = find(request.getMethod(), segments);
      Caller caller = found.filter(Route::isOpen).isPresent() ? null : access.require(request);
      Route route = found.orElseThrow(() -> missing(request, segments));
      if (caller != null && !caller.role().covers(route.role())) {
        throw new KitException("KIT-6008", "token '" + caller.name() + "' has the role " + caller.role().label() + ", and this needs " + route.role().label());
      }
      Object value = route.handler().handle(new Call(request, response, variables(route, segments), caller));
      if (value != null) {
        reply.value(route.answers().get(0).status(), value);
      }
    } catch (KitException e) {
      Unread.drain(request);
      fail(response, reply, Problem.of(e));
    } catch (RuntimeException | LinkageError e) {
      LOG.error("KIT-9004 {} {} failed", request.getMethod(), request.getRequestURI(), e);
      fail(response, reply, Problem.of(500, "KIT-9004", "KIT-9004 the host failed: " + e.getClass().getSimpleName() + "; see its log"));
    }
  }

  private static void fail(HttpServletResponse response, Reply reply, Problem problem) throws IOException {
    if (response.isCommitted()) {
      // Whoever reads the answer must not take it for a whole one.
      throw new IOException(problem.detail());
    }
    response.reset();
    response.setHeader("Cache-Control", "no-store");
    response.setHeader("X-Content-Type-Options", "nosniff");
    if (problem.status() == 401) {
      response.setHeader("WWW-Authenticate", "Bearer");
    }
    reply.value(problem.status(), problem, Problem.MEDIA_TYPE);
  }

  /** The route whose plain segments are the request's; more of them win. */
  private Optional<Route> find(String method, List<String> segments) {
    return routes.stream().filter(route -> route.method().equals(method) && fits(route, segments))
        .min(Comparator.comparingLong(route -> route.segments().stream().filter(segment -> Route.variable(segment).isPresent()).count()));
  }

  private static boolean fits(Route route, List<String> segments) {
    if (route.segments().size() != segments.size()) {
      return false;
    }
    for (int i = 0; i < segments.size(); i++) {
      String expected = route.segments().get(i);
      if (Route.variable(expected).isPresent() ? segments.get(i).isEmpty() : !expected.equals(segments.get(i))) {
        return false;
      }
    }
    return true;
  }

  private KitException missing(HttpServletRequest request, List<String> segments) {
    List<String> others = routes.stream().filter(route -> fits(route, segments)).map(Route::method).toList();
    return others.isEmpty() ? new KitException("KIT-6004", "there is nothing at this address; see /api/openapi.json")
        : new KitException("KIT-6013", request.getMethod() + " is not for this address; it takes " + others);
  }

  private static Map<String, String> variables(Route route, List<String> segments) {
    Map<String, String> variables = new HashMap<>();
    for (int i = 0; i < segments.size(); i++) {
      String value = segments.get(i);
      Route.variable(route.segments().get(i)).ifPresent(name -> variables.put(name, value));
    }
    return variables;
  }
}
