/// What policies that decide once an epoch may see.
struct NetworkSnapshot: Sendable {
  /// Epochs that the policy has seen before this one.
  var epoch = 0
  /// Day on which the epoch ends, since the start, and the epoch's length [days].
  var day = 0.0
  var epochDays = 1.0
  /// Nodes of operators in the network, and what they were online in the epoch [GPU-h].
  var activeNodes = 0
  var onlineHours = 0.0
  /// Price of the settlement oracle [USD/token].
  var price = 0.0
  /// Tokens that ever came into being, those that are left after burning, and those in free hands
  /// [tokens].
  var issued = 0.0
  var supply = 0.0
  var circulating = 0.0
  /// Tokens burned since the last settlement [tokens].
  var burned = 0.0
  /// Gross dollars of jobs paid in the epoch [USD].
  var spentUSD = 0.0
  /// Tokens in the accounts of those who stake [tokens].
  var staked = 0.0
  /// Factor on what the policy says, before it is paid [1].
  var scale = 1.0

  /// Share of the supply that is staked [1].
  var bondedShare: Double { supply > 0 ? staked / supply : 0 }

  /// Nodes online on average over the epoch [nodes].
  var onlineNodes: Double {
    epochDays > 0 ? onlineHours / (epochDays * Span.hoursPerDay) : 0
  }
}
