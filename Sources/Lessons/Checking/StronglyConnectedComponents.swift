/// The strongly connected components of a graph, each after those it has edges to.
///
/// Tarjan's algorithm (Depth-first search and linear graph algorithms, 1972) with an explicit stack,
/// because a chain of ten thousand cells must not overflow the thread's. O(nodes + edges).
struct StronglyConnectedComponents {
  private(set) var components: [[String]] = []
  /// One cycle for each cyclic component: each node has an edge to the next, the last to the first.
  private(set) var cycles: [[String]] = []

  private let edges: [String: [String]]

  private struct Visit {
    var node: String
    var nextEdge = 0
  }

  init(of nodes: [String], edges: [String: [String]]) {
    self.edges = edges
    var number: [String: Int] = [:]
    var lowest: [String: Int] = [:]
    var open: [String] = []
    var isOpen: Set<String> = []

    for root in nodes where number[root] == nil {
      var visits = [Visit(node: root)]
      while let visit = visits.last {
        let node = visit.node
        if visit.nextEdge == 0 {
          number[node] = number.count
          lowest[node] = number[node]
          open.append(node)
          isOpen.insert(node)
        }
        let targets = edges[node] ?? []
        if visit.nextEdge < targets.count {
          visits[visits.count - 1].nextEdge += 1
          let target = targets[visit.nextEdge]
          if number[target] == nil {
            visits.append(Visit(node: target))
          } else if isOpen.contains(target) {
            lowest[node] = min(lowest[node]!, number[target]!)
          }
          continue
        }
        visits.removeLast()
        if let parent = visits.last?.node { lowest[parent] = min(lowest[parent]!, lowest[node]!) }
        guard lowest[node] == number[node], let start = open.lastIndex(of: node) else { continue }
        close(Array(open[start...]))
        isOpen.subtract(open[start...])
        open.removeSubrange(start...)
      }
    }
  }

  private mutating func close(_ component: [String]) {
    components.append(component)
    guard let first = component.first else { return }
    if component.count > 1 || edges[first]?.contains(first) == true {
      cycles.append(shortestCycle(through: first, within: Set(component)))
    }
  }

  /// Breadth-first, so that the reported cycle is as short as possible.
  private func shortestCycle(through start: String, within component: Set<String>) -> [String] {
    var previous: [String: String] = [:]
    var queue = [start]
    var head = 0
    while head < queue.count {
      let node = queue[head]
      head += 1
      for target in edges[node] ?? [] where component.contains(target) {
        if target == start {
          var path = [node]
          while let last = path.last, last != start, let before = previous[last] {
            path.append(before)
          }
          return path.reversed()
        }
        if previous[target] == nil {
          previous[target] = node
          queue.append(target)
        }
      }
    }
    return Array(component)
  }
}
