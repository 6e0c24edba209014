/** Proposes a connector without code from an OpenAPI document. */
package io.connectorkit.cli.openapi;
