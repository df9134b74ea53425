using System.Buffers.Binary;
using System.Text;
using BcnnSim.Networks;

namespace BcnnSim.Trainer.Data;

/// <summary>One array of a MATLAB file: flags, dimensions, name, real part; every sub-element is checked before it is read.</summary>
/// <param name="content">The sub-elements.</param>
/// <param name="refusal">Names the file.</param>
internal sealed class MatMatrix(MatContent content, MatRefusal refusal)
{
    private const int TagBytes = 8;
    private const int Int8 = 1;
    private const int UInt8 = 2;
    private const int Int32 = 5;
    private const int UInt32 = 6;
    private const int Double = 9;
    private const int DoubleClass = 6;
    private const int UInt8Class = 9;
    private const int Block = 1 << 16;

    // Longer ones no variable here has; MATLAB's own names end at 63 characters (namelengthmax).
    private const int DimensionBytes = 32;
    private const int NameBytes = 63;

    private readonly byte[] tag = new byte[TagBytes];

    /// <summary>Puts the values where the variable of that name belongs.</summary>
    public void Store(IReadOnlyList<MatVariable> variables, byte[][] found)
    {
        byte[] flags = Take("flags", UInt32, 2 * sizeof(uint), 2 * sizeof(uint));
        byte arrayClass = flags[0];
        bool complex = (flags[1] & 0x08) != 0;
        byte[] sizes = Take("dimensions", Int32, 2 * sizeof(int), DimensionBytes);
        string name = Encoding.ASCII.GetString(Take("name", Int8, 1, NameBytes));
        int index = Enumerable.Range(0, variables.Count).FirstOrDefault(i => variables[i].Name == name, -1);
        if (index < 0 || found[index] is not null)
        {
            throw refusal.Of("variable", ViolationList.Printable(name), $"must be {string.Join(" or ", variables.Select(v => v.Name))}, each once");
        }

        string place = $"variable {name}";
        if (complex || arrayClass is not (DoubleClass or UInt8Class))
        {
            throw refusal.Of(place, $"class {arrayClass}{(complex ? ", complex" : string.Empty)}", "must be a real array of class uint8 (9) or double (6)");
        }

        CheckDimensions(place, sizes, variables[index]);
        found[index] = Values(place, variables[index].Values);
        if (content.Left > 0)
        {
            throw refusal.Of(place, $"{content.Left} more bytes", "must end after its values");
        }
    }

    private void CheckDimensions(string place, byte[] sizes, MatVariable variable)
    {
        var dimensions = new int[sizes.Length / sizeof(int)];
        for (int i = 0; i < dimensions.Length; i++)
        {
            dimensions[i] = BinaryPrimitives.ReadInt32LittleEndian(sizes.AsSpan(sizeof(int) * i));
        }

        if (sizes.Length % sizeof(int) != 0 || !dimensions.SequenceEqual(variable.Dimensions))
        {
            throw refusal.Of(place, $"[{string.Join(", ", dimensions)}]", $"must have dimensions [{string.Join(", ", variable.Dimensions)}]");
        }
    }

    private byte[] Values(string place, int count)
    {
        (uint type, uint bytes, bool small) = Tag(place);
        long expected = count * (long)(type == Double ? sizeof(double) : sizeof(byte));
        if (type is not (UInt8 or Double) || bytes != expected || (!small && Padded(bytes) > content.Left))
        {
            throw refusal.Of(place, $"type {type}, {bytes} bytes", $"must be type {UInt8}, {count} bytes, or type {Double}, {count * (long)sizeof(double)} bytes, within its element");
        }

        var values = new byte[count];
        if (small)
        {
            tag.AsSpan(sizeof(uint), count).CopyTo(values);
            return values;
        }

        if (type == UInt8)
        {
            content.Take(values);
        }
        else
        {
            TakeDoubles(place, values);
        }

        TakePadding(bytes);
        return values;
    }

    private void TakeDoubles(string place, byte[] values)
    {
        var block = new byte[Block];
        for (int first = 0; first < values.Length; first += Block / sizeof(double))
        {
            Span<byte> data = block.AsSpan(0, Math.Min(Block, sizeof(double) * (values.Length - first)));
            content.Take(data);
            for (int i = 0; i < data.Length / sizeof(double); i++)
            {
                double value = BinaryPrimitives.ReadDoubleLittleEndian(data[(sizeof(double) * i)..]);
                if (!(value >= 0 && value <= byte.MaxValue && value == Math.Floor(value)))
                {
                    throw refusal.Of($"{place}, element {first + i}", $"{value}", "must be a whole number in 0..255");
                }

                values[first + i] = (byte)value;
            }
        }
    }

    private byte[] Take(string place, int type, int least, int most)
    {
        (uint found, uint bytes, bool small) = Tag(place);
        if (found != type || bytes < least || bytes > most || (!small && Padded(bytes) > content.Left))
        {
            string length = least == most ? $"{most}" : $"{least} to {most}";
            throw refusal.Of(place, $"type {found}, {bytes} bytes", $"must be type {type}, {length} bytes, within its element");
        }

        if (small)
        {
            return tag[sizeof(uint)..(sizeof(uint) + (int)bytes)];
        }

        var data = new byte[bytes];
        content.Take(data);
        TakePadding(bytes);
        return data;
    }

    // A tag is type and length, 4 bytes each, or both in 4 bytes when the data fit the other 4. Data end on 8 bytes.
    private (uint Type, uint Bytes, bool Small) Tag(string place)
    {
        if (content.Left < TagBytes)
        {
            throw refusal.Of(place, "truncated", "must be whole");
        }

        content.Take(tag);
        uint first = BinaryPrimitives.ReadUInt32LittleEndian(tag);
        if (first >> 16 == 0)
        {
            return (first, BinaryPrimitives.ReadUInt32LittleEndian(tag.AsSpan(sizeof(uint))), false);
        }

        return first >> 16 <= sizeof(uint)
            ? (first & 0xFFFF, first >> 16, true)
            : throw refusal.Of(place, $"{first >> 16} bytes in a tag", $"must be at most {sizeof(uint)} bytes there");
    }

    private void TakePadding(uint bytes)
    {
        Span<byte> padding = stackalloc byte[TagBytes];
        content.Take(padding[..(int)(Padded(bytes) - bytes)]);
    }

    private static long Padded(uint bytes) => ((long)bytes + TagBytes - 1) / TagBytes * TagBytes;
}
