namespace BcnnSim.Mapping;

/// <summary>The real classifier as executed: feature sums while bits arrive, then Classes x Features products.</summary>
/// <param name="Channels">Complex channels C; features = 2C, real parts first.</param>
/// <param name="Pixels">Pixels summed over.</param>
/// <param name="Classes">K.</param>
public sealed record ClassifierPlan(int Channels, int Pixels, int Classes)
{
    public int Features => 2 * Channels;
}
