namespace BcnnSim.Kernel;

/// <summary>Ways of running that must never change a result (each is tested to give the same report byte for byte).</summary>
/// <param name="Skipping">Time jumps over edges at which nothing is awake.</param>
/// <param name="OrderSeed">0 keeps registration order; any other value shuffles the order of components.</param>
/// <param name="TickEverything">Every component ticks at every edge of its clock.</param>
/// <param name="WatchdogEdges">Edges with ticks but without a commit before a livelock is declared.</param>
public sealed record SimulationOptions(
    bool Skipping = true,
    int OrderSeed = 0,
    bool TickEverything = false,
    int WatchdogEdges = 100_000);
