using BcnnSim.Kernel;

namespace BcnnSim.Tests.Contracts;

/// <summary>Something the contract is checked on: a wired simulation and what it has computed when it is over.</summary>
/// <param name="Simulation">Not yet run.</param>
/// <param name="Result">Text of the result, taken after the run.</param>
internal sealed record ContractSubject(Simulation Simulation, Func<string> Result);
