namespace BcnnSim.Hardware.Axi;

/// <summary>
/// AXI R: one beat of a read burst. Everything but the data lies in one word: the beat is copied at every step of its way, and a copy of
/// fields that were just written one by one waits for them.
/// </summary>
public readonly record struct ReadDataBeat
{
    private const int LastBit = 8;
    private const int PortShift = 16;
    private readonly ulong tag;

    /// <param name="id">Identifier of the request.</param>
    /// <param name="data">32 bytes.</param>
    /// <param name="last">Whether it ends the burst.</param>
    /// <param name="port">Port 0..31 it goes to.</param>
    public ReadDataBeat(byte id, in Beat256 data, bool last, byte port = 0)
    {
        Data = data;
        tag = id | (last ? 1UL << LastBit : 0) | ((ulong)port << PortShift);
    }

    public Beat256 Data { get; init; }

    public byte Id => (byte)tag;

    public bool Last
    {
        get => (tag >> LastBit & 1) != 0;
        init => tag = (tag & ~(1UL << LastBit)) | (value ? 1UL << LastBit : 0);
    }

    public byte Port => (byte)(tag >> PortShift);
}
