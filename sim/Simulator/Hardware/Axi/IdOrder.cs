namespace BcnnSim.Hardware.Axi;

/// <summary>
/// Keeps the answers of one identifier in order: while requests of an identifier are outstanding at one pseudo-channel, those of the
/// same identifier to another one wait. One instance per port and direction.
/// </summary>
internal sealed class IdOrder
{
    /// <summary>Identifiers of a port (AMD PG276).</summary>
    public const int Identifiers = 64;
    private readonly int[] outstanding = new int[Identifiers];
    private readonly byte[] target = new byte[Identifiers];

    public bool Allows(int id, int pseudoChannel) => outstanding[id] == 0 || target[id] == pseudoChannel;

    public void Begin(int id, int pseudoChannel)
    {
        outstanding[id]++;
        target[id] = (byte)pseudoChannel;
    }

    public void End(int id) => outstanding[id]--;
}
