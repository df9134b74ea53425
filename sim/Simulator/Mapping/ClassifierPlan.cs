namespace BcnnSim.Mapping;

/// <summary>The real classifier as executed: feature sums while bits or values arrive, then Classes x Features products.</summary>
/// <param name="Channels">Complex channels C; features = 2C, real parts first.</param>
/// <param name="Pixels">Pixels summed over.</param>
/// <param name="Classes">K.</param>
/// <param name="ReadsValues">Features are 16-bit values, else bits.</param>
/// <param name="Relu">Values pass max(v, 0).</param>
public sealed record ClassifierPlan(int Channels, int Pixels, int Classes, bool ReadsValues, bool Relu)
{
    public int Features => 2 * Channels;
}
