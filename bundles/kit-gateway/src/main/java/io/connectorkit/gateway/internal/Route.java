package io.connectorkit.gateway.internal;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One operation of the API: what it is called, what it takes and gives, and who may. Dispatch and the OpenAPI document both come from it. */
final class Route {

  /** Does it. */
  @FunctionalInterface
  interface Handler {

    /** Returns what is to be sent as JSON; null if the answer has been sent already. */
    Object handle(Call call) throws IOException;
  }

  /**
   * What comes back when all goes well.
   *
   * @param type the record that describes it; null where it is no JSON
   * @param list whether there are many of them
   */
  record Answer(int status, Class<?> type, boolean list, String mediaType) {}

  private final String method;
  private final String path;
  private final String operation;
  private final String summary;
  private final List<String> segments;
  private final List<Param> query = new ArrayList<>();
  private final List<Answer> answers = new ArrayList<>();
  private Role role = Role.READ;
  private boolean open;
  private Class<?> body;
  private String upload;
  private Handler handler;

  private Route(String method, String path, String operation, String summary) {
    this.method = method;
    this.path = path;
    this.operation = operation;
    this.summary = summary;
    this.segments = List.of(path.substring(1).split("/"));
  }

  static Route get(String path, String operation, String summary) {
    return new Route("GET", path, operation, summary);
  }

  static Route post(String path, String operation, String summary) {
    return new Route("POST", path, operation, summary);
  }

  static Route put(String path, String operation, String summary) {
    return new Route("PUT", path, operation, summary);
  }

  static Route delete(String path, String operation, String summary) {
    return new Route("DELETE", path, operation, summary);
  }

  /** The role that a caller needs; READ unless said. */
  Route needs(Role least) {
    this.role = least;
    return this;
  }

  /** Needs no token. */
  Route open() {
    this.open = true;
    return this;
  }

  /** A value in the query; {@code type} is one of JSON's. */
  Route query(String name, String type, String description) {
    query.add(new Param(name, type, false, description));
    return this;
  }

  /** A value that must be there. */
  Route required(String name, String type, String description) {
    query.add(new Param(name, type, true, description));
    return this;
  }

  /** The record in the body. */
  Route takes(Class<?> type) {
    this.body = type;
    return this;
  }

  /** Bytes in the body. */
  Route takes(String mediaType) {
    this.upload = mediaType;
    return this;
  }

  Route gives(Class<?> type) {
    return gives(200, type);
  }

  Route gives(int status, Class<?> type) {
    answers.add(new Answer(status, type, false, "application/json"));
    return this;
  }

  Route givesMany(Class<?> type) {
    answers.add(new Answer(200, type, true, "application/json"));
    return this;
  }

  /** Something else than JSON. */
  Route gives(int status, String mediaType) {
    answers.add(new Answer(status, null, false, mediaType));
    return this;
  }

  Route by(Handler does) {
    this.handler = does;
    return this;
  }

  String method() {
    return method;
  }

  String path() {
    return path;
  }

  List<String> segments() {
    return segments;
  }

  String operation() {
    return operation;
  }

  String summary() {
    return summary;
  }

  Role role() {
    return role;
  }

  boolean isOpen() {
    return open;
  }

  List<Param> parameters() {
    return query;
  }

  Optional<Class<?>> body() {
    return Optional.ofNullable(body);
  }

  Optional<String> upload() {
    return Optional.ofNullable(upload);
  }

  List<Answer> answers() {
    return answers;
  }

  Handler handler() {
    return handler;
  }

  /** The name of a segment that stands for any value; empty if it is a plain one. */
  static Optional<String> variable(String segment) {
    return segment.startsWith("{") ? Optional.of(segment.substring(1, segment.length() - 1)) : Optional.empty();
  }
}
