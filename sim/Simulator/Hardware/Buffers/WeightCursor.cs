using BcnnSim.Mapping;

namespace BcnnSim.Hardware.Buffers;

/// <summary>Walks the weight words of one layer in the order the array takes them: tile, group, plane, word of the group's list.</summary>
internal sealed class WeightCursor
{
    private LayerPlan? layer;
    private int word;
    private int plane;
    private int group;
    private int tile;
    private int groupWords;
    private int groupBase;

    public bool Active => layer is not null;

    public LayerPlan Layer => layer!;

    /// <summary>Place of the coming word among those of the layer.</summary>
    public int Word => groupBase + word;

    /// <summary>The coming word is in the group's last plane: it is not sent again for this tile.</summary>
    public bool LastPlane => plane == layer!.Planes - 1;

    /// <summary>Tile of the coming word.</summary>
    public int Tile => tile;

    public bool LastTile => tile == layer!.Tiles - 1;

    public void Begin(LayerPlan next)
    {
        layer = next;
        word = 0;
        plane = 0;
        tile = 0;
        EnterGroup(0);
    }

    public void Advance()
    {
        if (++word < groupWords)
        {
            return;
        }

        word = 0;
        if (++plane < layer!.Planes)
        {
            return;
        }

        plane = 0;
        if (group + 1 < layer.Groups)
        {
            EnterGroup(group + 1);
        }
        else if (++tile < layer.Tiles)
        {
            EnterGroup(0);
        }
        else
        {
            layer = null;
        }
    }

    private void EnterGroup(int next)
    {
        group = next;
        groupWords = layer!.Sent.Of(next).Length;
        groupBase = layer.Sent.BaseOf(next);
    }
}
