/** Who owns which field: managedFields and server-side apply (KEP-555). */
@NullMarked
package io.kubespring.apimachinery.fieldmanager;

import org.jspecify.annotations.NullMarked;
