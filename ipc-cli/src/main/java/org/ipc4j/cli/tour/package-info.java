// SPDX-License-Identifier: Apache-2.0

/**
 * {@code ipc tour}: the main job, seen working.
 *
 * <p>{@link org.ipc4j.cli.tour.TourCommand} starts this program once more for each {@link
 * org.ipc4j.cli.tour.Passage}; that second process ({@link org.ipc4j.cli.tour.TourPeerCommand})
 * receives the file, computes its digest and tells it on standard output. Every name is made under
 * a {@link org.ipc4j.cli.tour.Lease}, so that what a killed tour leaves behind is deleted by the
 * next.
 */
package org.ipc4j.cli.tour;
