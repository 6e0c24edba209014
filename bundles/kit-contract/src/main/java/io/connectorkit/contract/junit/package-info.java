/** The contract as JUnit tests, for the builds of connectors; hosts have no use for it. */
package io.connectorkit.contract.junit;
