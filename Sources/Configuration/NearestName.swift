/// The candidate that a misspelled name most likely meant, or nil when none is close.
///
/// Close means at most a third of the letters, rounded up, inserted, left out, replaced or
/// swapped with their neighbour, letters compared without case, and not all of them. Names beyond 64 letters are not
/// compared. The first of equally near candidates wins.
public func nearestName(to name: String, among candidates: [String]) -> String? {
  let letters = Array(name.lowercased())
  guard (1...64).contains(letters.count) else { return nil }
  var best: (distance: Int, name: String)?
  for candidate in candidates where candidate.count <= 64 {
    let distance = editDistance(letters, Array(candidate.lowercased()))
    let longer = max(letters.count, candidate.count)
    guard distance <= (longer + 2) / 3, distance < longer else { continue }
    if distance < best?.distance ?? .max {
      best = (distance, candidate)
    }
  }
  return best?.name
}

/// Insertions, deletions, substitutions and swaps of neighbours that lead from one word to another.
///
/// The restricted Damerau distance by dynamic programming (Damerau 1964; Wagner and Fischer 1974).
private func editDistance(_ from: [Character], _ to: [Character]) -> Int {
  var beforeLast = [Int](repeating: 0, count: to.count + 1)
  var last = Array(0...to.count)
  for i in 0..<from.count {
    var row = [i + 1] + [Int](repeating: 0, count: to.count)
    for j in 0..<to.count {
      let replaced = last[j] + (from[i] == to[j] ? 0 : 1)
      row[j + 1] = min(replaced, last[j + 1] + 1, row[j] + 1)
      if i > 0 && j > 0 && from[i] == to[j - 1] && from[i - 1] == to[j] {
        row[j + 1] = min(row[j + 1], beforeLast[j - 1] + 1)
      }
    }
    (beforeLast, last) = (last, row)
  }
  return last[to.count]
}
