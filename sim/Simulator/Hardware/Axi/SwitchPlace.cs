namespace BcnnSim.Hardware.Axi;

/// <summary>
/// Numbering of a mini-switch's eight interfaces on either side: 0..3 its own ports or pseudo-channels, 4 and 5 the lateral links to the
/// left neighbour, 6 and 7 those to the right one. Ports 0 and 1 of a mini-switch use the first link of a side, 2 and 3 the second.
/// </summary>
internal static class SwitchPlace
{
    /// <summary>Ports, and pseudo-channels, of one mini-switch.</summary>
    public const int Width = 4;

    /// <summary>Mini-switches of the device.</summary>
    public const int Switches = 8;

    /// <summary>Interfaces of one side of a mini-switch.</summary>
    public const int Interfaces = 8;

    /// <summary>First mini-switch of the second stack.</summary>
    public const int SecondStack = 4;

    /// <summary>Interface on the way from mini-switch <paramref name="own"/> to a port or pseudo-channel 0..31, for traffic of a port.</summary>
    /// <param name="own">Mini-switch.</param>
    /// <param name="target">Where the beat goes.</param>
    /// <param name="port">Port that asked: it decides the lateral link.</param>
    public static int Toward(int own, int target, int port)
    {
        // Not signed: a shift and a mask.
        int at = (int)((uint)target / Width);
        return at == own ? (int)((uint)target % Width) : (at < own ? Left(0) : Right(0)) + (int)((uint)port % Width / 2);
    }

    /// <summary>Pseudo-channel 0..31 of a byte address: bits 32:28 (hbm.md section 1).</summary>
    public static int PseudoChannelOf(long address) => (int)(address >> 28);

    public static int Left(int link) => Width + link;

    public static int Right(int link) => Width + 2 + link;
}
