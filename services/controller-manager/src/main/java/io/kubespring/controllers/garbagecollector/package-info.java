/**
 * Deletes objects whose owners are gone, and orphans or deletes dependents first where a deletion asks for that. A graph of
 * owners and dependents over all resources is kept from metadata-only informers; before anything is deleted the server is
 * asked, so that an old graph does no harm.
 */
@NullMarked
package io.kubespring.controllers.garbagecollector;

import org.jspecify.annotations.NullMarked;
