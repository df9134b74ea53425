namespace BcnnSim.Design;

/// <summary>Address maps inside a pseudo-channel (hbm.md section 2; AMD PG276).</summary>
public enum AddressMapKind
{
    /// <summary>Row 27:14, bank group bit 1 13, bank 12:11, column 10:6, bank group bit 0 5: the default.</summary>
    Rgbcg,

    /// <summary>Row 27:14, bank and group 13:10, column 9:5.</summary>
    Rbc,

    /// <summary>Row 27:14, column 13:9, bank and group 8:5.</summary>
    Rcb,

    /// <summary>Bank and group 27:24, row 23:10, column 9:5.</summary>
    Brc,

    /// <summary>Bank 27:26, row 25:12, bank group bit 1 11, column 10:6, bank group bit 0 5.</summary>
    Brgcg,
}
