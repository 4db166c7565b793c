import CThreads

/// Gives free memory back to the system, after work that needed much of it: the allocator keeps it for
/// later otherwise. Takes some milliseconds.
package func returnFreeMemory() { etude_return_free_memory() }
