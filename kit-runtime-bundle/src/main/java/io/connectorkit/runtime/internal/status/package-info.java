/** What operators see of all that. */
package io.connectorkit.runtime.internal.status;
