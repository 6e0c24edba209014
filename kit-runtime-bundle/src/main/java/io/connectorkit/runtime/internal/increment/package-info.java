/** Reading what is new, and bringing it into what is published at a cost that follows what is new. */
package io.connectorkit.runtime.internal.increment;
