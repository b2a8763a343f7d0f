// SPDX-License-Identifier: Apache-2.0

/**
 * How a provider is found and chosen, and how two of them are kept from splitting a name. Not
 * exported.
 */
package org.ipc4j.internal;
