using BcnnSim.Design;

namespace BcnnSim.Hardware.Hbm;

/// <summary>Address bits [27:5] of a pseudo-channel to bank, row and column (hbm.md section 2; AMD PG276).</summary>
public sealed class AddressMap(AddressMapKind kind)
{
    public DramAddress Decode(long address)
    {
        int Bits(int high, int low) => (int)(address >> low) & ((1 << (high - low + 1)) - 1);
        return kind switch
        {
            AddressMapKind.Rgbcg => new((Bits(12, 11) << 2) | (Bits(13, 13) << 1) | Bits(5, 5), Bits(27, 14), Bits(10, 6)),
            AddressMapKind.Rbc => new(Bits(13, 10), Bits(27, 14), Bits(9, 5)),
            AddressMapKind.Rcb => new(Bits(8, 5), Bits(27, 14), Bits(13, 9)),
            AddressMapKind.Brc => new(Bits(27, 24), Bits(23, 10), Bits(9, 5)),
            _ => new((Bits(27, 26) << 2) | (Bits(11, 11) << 1) | Bits(5, 5), Bits(25, 12), Bits(10, 6)),
        };
    }
}
