package io.connectorkit.cli.openapi;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How the source wants to be given its secret.
 *
 * @param yaml of the section {@code http.auth}; empty if it wants none
 * @param user whether a setting 'user' belongs to it
 */
record Security(String yaml, boolean user, List<String> notes) {

  static Security of(OpenAPI api, String variable) {
    Map<String, SecurityScheme> schemes = api.getComponents() == null || api.getComponents().getSecuritySchemes() == null ? Map.of()
        : api.getComponents().getSecuritySchemes();
    Set<String> wanted = wanted(api);
    List<String> notes = new ArrayList<>();
    String chosen = null;
    for (String name : wanted) {
      SecurityScheme scheme = schemes.get(name);
      String yaml = scheme == null ? "" : yaml(scheme, variable);
      if (yaml.isEmpty()) {
        notes.add("the security scheme '" + Text.line(name) + "' cannot be told here" + (scheme == null ? ": the document does not have it" : ""));
      } else if (chosen == null) {
        chosen = yaml;
        if (scheme.getType() == SecurityScheme.Type.OAUTH2 || scheme.getType() == SecurityScheme.Type.OPENIDCONNECT) {
          notes.add("the security scheme '" + Text.line(name) + "' gives tokens that expire; they are not fetched here: put one that lasts into " + variable);
        }
      } else {
        notes.add("the security scheme '" + Text.line(name) + "' is another way, and is not used");
      }
    }
    return new Security(chosen == null ? "" : chosen, chosen != null && chosen.startsWith("{type: basic"), notes);
  }

  private static Set<String> wanted(OpenAPI api) {
    Set<String> names = new LinkedHashSet<>();
    List<SecurityRequirement> requirements = new ArrayList<>(api.getSecurity() == null ? List.of() : api.getSecurity());
    api.getPaths().values().forEach(path -> {
      Operation get = path == null ? null : path.getGet();
      if (get != null && get.getSecurity() != null) {
        requirements.addAll(get.getSecurity());
      }
    });
    requirements.forEach(requirement -> names.addAll(requirement.keySet()));
    return names;
  }

  private static String yaml(SecurityScheme scheme, String variable) {
    if (scheme.getType() == null) {
      return "";
    }
    String secret = ", secret: " + variable;
    return switch (scheme.getType()) {
      case HTTP -> "basic".equalsIgnoreCase(scheme.getScheme()) ? "{type: basic, user: \"{user}\"" + secret + "}"
          : "bearer".equalsIgnoreCase(scheme.getScheme()) ? "{type: bearer" + secret + "}" : "";
      case APIKEY -> !String.valueOf(scheme.getName()).matches("[A-Za-z0-9!#$%&'*+.^_`|~-]+") ? ""
          : scheme.getIn() == SecurityScheme.In.HEADER ? "{type: header, name: " + Text.value(scheme.getName()) + secret + "}"
          : scheme.getIn() == SecurityScheme.In.QUERY ? "{type: query, name: " + Text.value(scheme.getName()) + secret + "}" : "";
      case OAUTH2, OPENIDCONNECT -> "{type: bearer" + secret + "}";
      default -> "";
    };
  }
}
